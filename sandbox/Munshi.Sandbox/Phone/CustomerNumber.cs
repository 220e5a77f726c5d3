using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Sandbox.Phone;

/// <summary>A customer's phone number: 8 to 15 digits with country code, no plus.</summary>
internal sealed record CustomerNumber
{
    public const string Rule = "A phone number is 8 to 15 digits with country code, without plus.";

    private CustomerNumber(string digits) => Digits = digits;

    public string Digits { get; }

    /// <summary>The fictitious business-scoped user id, the same for a number at all times.</summary>
    public string UserId =>
        $"IN.{(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes(Digits))) % 9_000_000_000_000_000_000 + 1_000_000_000_000_000_000).ToString(CultureInfo.InvariantCulture)}";

    public string DefaultName => $"Customer {Digits[^3..]}";

    public static CustomerNumber? TryCreate(string text) =>
        text.Length is >= 8 and <= 15 && text.All(char.IsAsciiDigit) ? new CustomerNumber(text) : null;

    /// <summary>As people write it: with or without plus, with spaces.</summary>
    public static CustomerNumber? TryCreateWritten(string text) =>
        TryCreate(text.Trim().TrimStart('+').Replace(" ", "", StringComparison.Ordinal));
}

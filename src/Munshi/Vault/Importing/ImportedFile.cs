using System.Text;

namespace Munshi.Vault.Importing;

/// <summary>The file that messages are imported from.</summary>
/// <param name="Name">Its name, without a path.</param>
/// <param name="Hash">SHA-256 of the whole file, 32 bytes.</param>
/// <param name="TimeZone">IANA name of the zone in which the phone wrote.</param>
/// <param name="DateOrder"><c>dmy</c>, <c>mdy</c> or <c>ymd</c>.</param>
/// <param name="CustomerDigits">The customer's number, digits with country code.</param>
/// <param name="CustomerName">As the export names them; null where it gives only the number.</param>
internal sealed record ImportedFile(string Name, byte[] Hash, string TimeZone, string DateOrder, string CustomerDigits, string? CustomerName)
{
    /// <summary>What is sealed of it: SHA-256 in hex, a space, the name.</summary>
    public byte[] Described => Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(Hash)} {Name}");

    /// <summary>Which of the chats in it, where it holds several; else empty.</summary>
    public string Part { get; init; } = "";

    /// <summary>What makes it the same import: the bytes, how their times are read, and which part of them.</summary>
    public byte[] Reading => [.. Hash, .. Encoding.UTF8.GetBytes(Part.Length == 0 ? $"{TimeZone} {DateOrder}" : $"{TimeZone} {DateOrder} {Part}")];

    public override string ToString() => nameof(ImportedFile);
}

using System.Text;

namespace Munshi.Intake.Deliveries;

/// <summary>Meta's message ids are <c>wamid.</c> and base64 of bytes that hold the customer's phone number, its length before it.</summary>
internal static class PhoneInProviderId
{
    private const string Prefix = "wamid.";
    private const int ShortestPhone = 7;

    /// <summary>ITU-T E.164.</summary>
    private const int LongestPhone = 15;

    /// <summary>The number begins within so many bytes.</summary>
    private const int LongestHeader = 8;

    /// <summary>Digits with country code; null where the id holds none.</summary>
    public static string? Read(string providerId)
    {
        if (!providerId.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string text = providerId[Prefix.Length..].TrimEnd('=');
        Span<byte> bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out int length))
        {
            return null;
        }

        for (int at = 0; at < Math.Min(length, LongestHeader); at++)
        {
            int digits = bytes[at];
            if (digits is >= ShortestPhone and <= LongestPhone && at + digits < length && bytes.Slice(at + 1, digits).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0)
            {
                return Encoding.ASCII.GetString(bytes.Slice(at + 1, digits));
            }
        }

        return null;
    }
}

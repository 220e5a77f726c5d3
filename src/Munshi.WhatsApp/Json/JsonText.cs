using System.Buffers;
using System.Globalization;
using System.Text;

namespace Munshi.WhatsApp.Json;

/// <summary>Decodes the inside of a JSON string that a parser has accepted (RFC 8259, section 7).</summary>
/// <remarks>
/// <c>System.Text.Json</c> throws on an escape such as <c>\ud800</c> that is half of a surrogate pair, which is legal JSON;
/// here that half becomes U+FFFD and is reported.
/// </remarks>
internal static class JsonText
{
    /// <summary>The longest escape of one UTF-16 unit, <c>\uXXXX</c>, in bytes.</summary>
    private const int MaxBytesPerUnit = 6;

    /// <param name="escaped">The bytes between the quotation marks: valid UTF-8, escapes of valid form.</param>
    /// <param name="maxLength">The most UTF-16 units to return; a pair is never cut in half.</param>
    /// <param name="repaired">Whether a lone surrogate was replaced by U+FFFD.</param>
    /// <param name="cut">Whether the text was longer than <paramref name="maxLength"/>.</param>
    public static string Decode(ReadOnlySpan<byte> escaped, int maxLength, out bool repaired, out bool cut)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(escaped.Length + 1);
        try
        {
            Span<char> units = rented.AsSpan(0, Unescape(escaped, rented));
            repaired = ReplaceLoneSurrogates(units);
            cut = units.Length > maxLength;
            if (cut)
            {
                bool splitsPair = maxLength > 0 && char.IsHighSurrogate(units[maxLength - 1]);
                units = units[..(splitsPair ? maxLength - 1 : maxLength)];
            }

            return new string(units);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented, clearArray: true); // it held a customer's words
        }
    }

    /// <summary>Whether an escaped JSON name spells <paramref name="name"/>, which is ASCII.</summary>
    public static bool NameEquals(ReadOnlySpan<byte> escaped, ReadOnlySpan<byte> name)
    {
        if (escaped.SequenceEqual(name))
        {
            return true;
        }

        return escaped.Contains((byte)'\\')
            && escaped.Length <= name.Length * MaxBytesPerUnit
            && Ascii.Equals(name, Decode(escaped, name.Length + 1, out _, out _));
    }

    private static int Unescape(ReadOnlySpan<byte> escaped, Span<char> units)
    {
        int written = 0;
        while (true)
        {
            int plain = escaped.IndexOf((byte)'\\');
            if (plain < 0)
            {
                return written + Encoding.UTF8.GetChars(escaped, units[written..]);
            }

            written += Encoding.UTF8.GetChars(escaped[..plain], units[written..]);
            byte kind = escaped[plain + 1];
            if (kind == 'u')
            {
                units[written++] = (char)ushort.Parse(
                    escaped.Slice(plain + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                escaped = escaped[(plain + MaxBytesPerUnit)..];
            }
            else
            {
                units[written++] = Short(kind);
                escaped = escaped[(plain + 2)..];
            }
        }
    }

    /// <summary>What stands after a backslash; quote, slash and backslash stand for themselves.</summary>
    private static char Short(byte kind) => kind switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)kind,
    };

    private static bool ReplaceLoneSurrogates(Span<char> units)
    {
        bool replaced = false;
        int start = 0;
        while (true)
        {
            int found = units[start..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0)
            {
                return replaced;
            }

            int at = start + found;
            if (at + 1 < units.Length && char.IsSurrogatePair(units[at], units[at + 1]))
            {
                start = at + 2;
                continue;
            }

            units[at] = '\uFFFD';
            replaced = true;
            start = at + 1;
        }
    }
}

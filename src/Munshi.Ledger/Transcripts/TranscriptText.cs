using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Transcripts;

/// <summary>How a transcript writes what people wrote, and when: the one form, so that it can be held to the record.</summary>
public static class TranscriptText
{
    /// <summary>India's time, the same all year since 1945.</summary>
    private static readonly TimeSpan Ist = new(5, 30, 0);

    /// <summary>
    /// HTML that shows the text and is never markup, on one line. What would hide or turn what stands after it (controls, marks of direction, separators of lines) stands
    /// there as <c>[U+202E]</c>; line breaks and tabs are character references.
    /// </summary>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder encoded = new(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    encoded.Append("&amp;");
                    break;
                case '<':
                    encoded.Append("&lt;");
                    break;
                case '>':
                    encoded.Append("&gt;");
                    break;
                case '"' or '\'' or '\t' or '\n' or '\r':
                    encoded.Append(CultureInfo.InvariantCulture, $"&#{rune.Value};");
                    break;
                default:
                    Append(encoded, rune);
                    break;
            }
        }

        return encoded.ToString();
    }

    /// <summary><c>2026-11-21 15:00:00 IST · 2026-11-21 09:30:00 UTC</c>.</summary>
    public static string Times(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"{at.ToOffset(Ist):yyyy-MM-dd HH:mm:ss} IST · {at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private static void Append(StringBuilder encoded, Rune rune)
    {
        if (IsHidden(rune))
        {
            encoded.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }
        else
        {
            encoded.Append(rune.ToString());
        }
    }

    /// <remarks>Joiners stay: Indian scripts are written with them.</remarks>
    private static bool IsHidden(Rune rune) =>
        rune.Value is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

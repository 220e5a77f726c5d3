using System.Globalization;
using System.Text;

namespace Munshi.Search.Words;

/// <summary>Where the words of a text stand: unbroken runs of letters, marks and digits, in UTF-16 code units.</summary>
/// <remarks>Joiners, apostrophes and the rupee sign belong to their run, as they do in <see cref="Knowledge.TextFolding"/>.</remarks>
internal static class WordRuns
{
    /// <summary>Adds the runs in order.</summary>
    public static void Find(ReadOnlySpan<char> text, List<(int Start, int Length)> runs)
    {
        int start = -1;
        int at = 0;
        while (at < text.Length)
        {
            int length = 1;
            if (char.IsAsciiLetterOrDigit(text[at]) || (text[at] > 0x7F && IsPart(text[at..], out length)) || (start >= 0 && text[at] is '\'' or '`'))
            {
                start = start < 0 ? at : start;
            }
            else if (start >= 0)
            {
                runs.Add((start, at - start));
                start = -1;
            }

            at += length;
        }

        if (start >= 0)
        {
            runs.Add((start, text.Length - start));
        }
    }

    public static List<(int Start, int Length)> Of(string text)
    {
        List<(int Start, int Length)> runs = [];
        Find(text, runs);
        return runs;
    }

    private static bool IsPart(ReadOnlySpan<char> text, out int length)
    {
        Rune.DecodeFromUtf16(text, out Rune rune, out length);
        return rune.Value is '₹' or '\u2018' or '\u2019' || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.Format;
    }
}

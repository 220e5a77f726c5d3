using System.Globalization;
using System.Text;

namespace Munshi.Knowledge;

/// <summary>Makes spellings of one word equal, for matching only; never shown, never stored.</summary>
/// <remarks>
/// NFKD, lower case, accents and nuktas dropped, format characters (zero-width, bidirectional) dropped, native digits to ASCII, candrabindu
/// to anusvara, long i and u signs to short, NFC. Marks and viramas are part of their word; all but letters, marks and digits separates.
/// </remarks>
internal static class TextFolding
{
    /// <summary>UTF-16 code units; what follows is not ranked.</summary>
    public const int MaxLength = 2_000;

    /// <summary>The same text, cut at <see cref="MaxLength"/> and with a space for what normalising refuses: half a surrogate pair, and U+FFFE.</summary>
    public static string Bound(string text)
    {
        StringBuilder bounded = new(Math.Min(text.Length, MaxLength));
        foreach (Rune rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            bounded.Append(rune == Rune.ReplacementChar || rune.Value == 0xFFFE ? " " : rune.ToString());
        }

        return bounded.ToString();
    }

    /// <summary>The folded words in order; empty for a text without letters and digits.</summary>
    public static IReadOnlyList<FoldedWord> Words(string text)
    {
        List<FoldedWord> words = [];
        foreach (string word in Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            words.Add(new FoldedWord(word, WordStem.Of(word)));
        }

        return words;
    }

    /// <summary>Folded words, each followed by one space.</summary>
    public static string Fold(string text)
    {
        StringBuilder folded = new();
        bool inDigits = false;
        foreach (Rune rune in Bound(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsDropped(rune))
            {
                continue;
            }

            Rune plain = Plain(rune);
            if (plain.Value == ' ')
            {
                Separate(folded);
                if (rune.Value == '₹')
                {
                    folded.Append("rs ");
                }

                continue;
            }

            bool digit = Rune.IsDigit(plain);
            if (digit != inDigits)
            {
                Separate(folded);
            }

            inDigits = digit;
            folded.Append(plain);
        }

        Separate(folded);
        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static void Separate(StringBuilder folded)
    {
        if (folded.Length > 0 && folded[^1] != ' ')
        {
            folded.Append(' ');
        }
    }

    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        >= 0x0300 and <= 0x036F => true,
        0x093C or 0x09BC or 0x0A3C or 0x0ABC or 0x0B3C or 0x0CBC => true,
        '\'' or '\u2019' or '\u2018' or '`' => true,
        >= 0xFE00 and <= 0xFE0F => true,
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };

    private static Rune Plain(Rune rune)
    {
        switch (rune.Value)
        {
            case 0x0901:
                return new Rune(0x0902);
            case 0x0981:
                return new Rune(0x0982);
            case 0x0940 or 0x0942 or 0x09C0 or 0x09C2:
                return new Rune(rune.Value - 1);
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter:
                return Rune.ToLowerInvariant(rune);
            case UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter:
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                return rune;
            case UnicodeCategory.DecimalDigitNumber:
                return new Rune('0' + (int)Rune.GetNumericValue(rune));
            default:
                return new Rune(' ');
        }
    }
}

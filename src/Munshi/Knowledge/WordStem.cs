using System.Text;

namespace Munshi.Knowledge;

/// <summary>Cuts inflections off a folded word: English and romanised Hindi or Bengali by sound, Devanagari and Bengali by ending.</summary>
/// <remarks>Conservative: an ending goes only where a stem of three letters or more stays. Rules that merge common words (<c>cash</c>, <c>case</c>) are left out on purpose.</remarks>
internal static class WordStem
{
    /// <summary>Stands for the letters that may follow.</summary>
    private const char Goes = '~';

    private static readonly string[] HindiEndings =
        ["ियों", "ियां", "ियो", "ाओं", "ाएं", "ों", "ें", "िं", "ां", "ो", "े", "ा", "ि", "ु"];

    private static readonly string[] BengaliEndings =
        ["গুলোর", "গুলির", "গুলো", "গুলি", "দের", "টার", "টির", "টা", "টি", "ের", "কে", "তে", "ে", "র", "ও"];

    public static string Of(string word) => word[0] switch
    {
        >= 'a' and <= 'z' => Latin(word),
        >= '\u0900' and <= '\u097F' => Cut(word, HindiEndings, 1),
        >= '\u0980' and <= '\u09FF' => Cut(word, BengaliEndings, 2),
        _ => word,
    };

    /// <summary>A word of Latin letters spelled by its sound, whole: also the beginning of a longer one, whose last letter stands for itself.</summary>
    public static string Spoken(string word) => Sound(word + Goes)[..^1];

    private static string Cut(string word, string[] endings, int times)
    {
        for (; times > 0; times--)
        {
            string? ending = Array.Find(endings, e => word.Length - e.Length >= 3 && word.EndsWith(e, StringComparison.Ordinal));
            if (ending is null)
            {
                break;
            }

            word = word[..^ending.Length];
        }

        return word;
    }

    private static string Latin(string word)
    {
        string sounded = Sound(WithoutEnglishEnding(WithoutEnglishPlural(word)));
        return sounded.Length >= 5 && "aei".Contains(sounded[^1], StringComparison.Ordinal) ? sounded[..^1] : sounded;
    }

    private static string WithoutEnglishPlural(string word)
    {
        if (word.Length < 4 || word[^1] != 's' || word[^2] is 's' or 'u' or 'i')
        {
            return word;
        }

        if (word.EndsWith("ies", StringComparison.Ordinal) && word.Length > 4)
        {
            return word[..^3] + "y";
        }

        bool wholeSyllable = word.EndsWith("sses", StringComparison.Ordinal)
            || word.EndsWith("ches", StringComparison.Ordinal)
            || word.EndsWith("shes", StringComparison.Ordinal)
            || word.EndsWith("xes", StringComparison.Ordinal);
        return wholeSyllable ? word[..^2] : word[..^1];
    }

    private static string WithoutEnglishEnding(string word)
    {
        if (word.Length >= 6 && word.EndsWith("ing", StringComparison.Ordinal) && word.AsSpan(0, word.Length - 3).ContainsAny("aeiou"))
        {
            return word[..^3];
        }

        return word.Length >= 6 && word.EndsWith("ed", StringComparison.Ordinal) ? word[..^2] : word;
    }

    /// <summary>aa to a, ee and ii to i, oo and uu to u, ph to f, w to v, z to j, final y to i, doubled letters single.</summary>
    private static string Sound(string word)
    {
        StringBuilder sounded = new(word.Length);
        for (int i = 0; i < word.Length; i++)
        {
            char letter = word[i];
            char next = i + 1 < word.Length ? word[i + 1] : '\0';
            char sound = (letter, next) switch
            {
                ('e', 'e') => 'i',
                ('o', 'o') => 'u',
                ('p', 'h') => 'f',
                ('w', _) => 'v',
                ('z', _) => 'j',
                ('y', '\0') => 'i',
                _ => letter,
            };
            if ((letter, next) is ('p', 'h') or ('e', 'e') or ('o', 'o'))
            {
                i++;
            }

            if (sounded.Length == 0 || sounded[^1] != sound)
            {
                sounded.Append(sound);
            }
        }

        return sounded.ToString();
    }
}

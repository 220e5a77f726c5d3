using System.Text;

namespace Munshi.Knowledge;

/// <summary>The consonants of a folded word in Latin letters, alike for <c>banarasi</c>, <c>बनारसी</c> and <c>বেনারসি</c>.</summary>
/// <remarks>The nine Indic blocks of Unicode from U+0900 lay out their letters alike (after ISCII), 128 code points each.</remarks>
internal static class SoundSkeleton
{
    private const char FirstIndic = '\u0900';
    private const char LastIndic = '\u0D7F';
    private const int BlockSize = 0x80;
    private const int Anusvara = 0x02;
    private const int FirstConsonant = 0x15;

    /// <summary>Offsets 0x15 (ka) to 0x39 (ha) of a block; aspirates as plain letters, va as ba (Bengali has one letter for both), ya silent.</summary>
    private const string Consonants = "kkggnccjjnttddnttddnnppbbm rrlllbsssh";

    /// <returns>Empty when the word has no consonant of a script known here.</returns>
    public static string Of(string word)
    {
        StringBuilder skeleton = new();
        for (int i = 0; i < word.Length; i++)
        {
            char sound = word[i] is >= FirstIndic and <= LastIndic ? Indic(word[i]) : Latin(word, i);
            if (sound != '\0' && (skeleton.Length == 0 || skeleton[^1] != sound))
            {
                skeleton.Append(sound);
            }
        }

        return skeleton.ToString();
    }

    public static bool IsIndic(string word) => word[0] is >= FirstIndic and <= LastIndic;

    private static char Indic(char letter)
    {
        int offset = (letter - FirstIndic) % BlockSize;
        if (offset == Anusvara)
        {
            return 'n';
        }

        int consonant = offset - FirstConsonant;
        return consonant < 0 || consonant >= Consonants.Length || Consonants[consonant] == ' ' ? '\0' : Consonants[consonant];
    }

    private static char Latin(string word, int at)
    {
        char next = at + 1 < word.Length ? word[at + 1] : '\0';
        return word[at] switch
        {
            'a' or 'e' or 'i' or 'o' or 'u' or 'y' => '\0',
            'h' when at > 0 && "kgcjtdpbs".Contains(word[at - 1], StringComparison.Ordinal) => '\0',
            'c' => next is 'h' ? 'c' : next is 'e' or 'i' or 'y' ? 's' : 'k',
            'q' => 'k',
            'f' => 'p',
            'w' or 'v' => 'b',
            'z' => 'j',
            >= 'a' and <= 'z' => word[at],
            _ => '\0',
        };
    }
}

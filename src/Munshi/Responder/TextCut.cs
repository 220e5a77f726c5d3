using System.Globalization;

namespace Munshi.Responder;

/// <summary>Shortens owners' words to what WhatsApp shows: at a word's end where one is near, never inside what a reader sees as one character.</summary>
/// <remarks>
/// Lengths are UTF-16 units, the strictest reading of Meta's "characters": whoever counts code points or graphemes finds fewer.
/// </remarks>
internal static class TextCut
{
    private const string Ellipsis = "…";
    private const char DevanagariVirama = '\u094D';
    private const char BengaliVirama = '\u09CD';
    private const char ZeroWidthJoiner = '\u200D';

    /// <summary>The text in one line of at most <paramref name="most"/> units; with an ellipsis where something was cut.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">At least 2.</param>
    public static string Line(string text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= most)
        {
            return line;
        }

        int room = most - Ellipsis.Length;
        int atCharacter = 0;
        int atWord = 0;
        foreach (int end in CharacterEnds(line))
        {
            if (end > room)
            {
                break;
            }

            atCharacter = end;
            atWord = line[end] == ' ' ? end : atWord;
        }

        // A word cut in half is better than a third of the room left empty.
        int cut = atWord * 3 >= room ? atWord : atCharacter;
        return line[..cut].TrimEnd(' ', ',', ';', ':', '-', '–', '(') + Ellipsis;
    }

    /// <summary>Where each character as readers see it ends; a conjunct (letter, virama, letter) is one.</summary>
    private static IEnumerable<int> CharacterEnds(string line)
    {
        for (int end = 0; end < line.Length;)
        {
            end += StringInfo.GetNextTextElementLength(line, end);
            while (end < line.Length && JoinsOn(line, end))
            {
                end += StringInfo.GetNextTextElementLength(line, end);
            }

            if (end < line.Length)
            {
                yield return end;
            }
        }
    }

    private static bool JoinsOn(string line, int end) =>
        line[end] != ' '
        && (line[end - 1] is DevanagariVirama or BengaliVirama
            || (line[end - 1] == ZeroWidthJoiner && end > 1 && line[end - 2] is (DevanagariVirama or BengaliVirama)));
}

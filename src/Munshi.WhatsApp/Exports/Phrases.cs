using System.Collections.Frozen;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>The app's words in every known language: the table <c>phrases.tsv</c>. A language is added there, not in code.</summary>
/// <remarks>A line: use, language, phrase, and for an omitted file its kind; parted by tabs. <c>#</c> begins a remark.</remarks>
internal static class Phrases
{
    /// <summary>No phrase of the app's is longer, in characters.</summary>
    public const int MaxLength = 200;

    private const string Table = "Exports/phrases.tsv";

    private static readonly FrozenDictionary<PhraseUse, Phrase[]> ByUse = Load();

    private static readonly FrozenDictionary<PhraseUse, FrozenDictionary<string, Phrase>.AlternateLookup<ReadOnlySpan<char>>> Exact =
        ByUse.ToFrozenDictionary(
            use => use.Key,
            use => use.Value.Where(phrase => !phrase.IsPattern)
                .DistinctBy(phrase => phrase.Text, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(phrase => phrase.Text, StringComparer.OrdinalIgnoreCase)
                .GetAlternateLookup<ReadOnlySpan<char>>());

    private static readonly FrozenDictionary<PhraseUse, Phrase[]> Patterns =
        ByUse.ToFrozenDictionary(use => use.Key, use => use.Value.Where(phrase => phrase.IsPattern).ToArray());

    public static IReadOnlyList<Phrase> Of(PhraseUse use) => ByUse[use];

    /// <summary>The phrase that the whole text is; null when it is none.</summary>
    /// <param name="use">What it is to stand for.</param>
    /// <param name="text">Plain, see <see cref="Marks.Plain"/>.</param>
    public static Phrase? Find(PhraseUse use, ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        if (Exact[use].TryGetValue(text, out Phrase? phrase))
        {
            return phrase;
        }

        foreach (Phrase pattern in Patterns[use])
        {
            if (pattern.Matches(text))
            {
                return pattern;
            }
        }

        return null;
    }

    private static FrozenDictionary<PhraseUse, Phrase[]> Load()
    {
        using Stream table = typeof(Phrases).Assembly.GetManifestResourceStream(Table)!;
        using StreamReader reader = new(table, Encoding.UTF8);
        List<(PhraseUse Use, Phrase Phrase)> phrases = [];
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                string[] cells = line.Split('\t');
                phrases.Add((Use(cells[0]), new Phrase(cells[2], cells.Length > 3 ? cells[3] : "")));
            }
        }

        return Enum.GetValues<PhraseUse>().ToFrozenDictionary(
            use => use, use => phrases.Where(phrase => phrase.Use == use).Select(phrase => phrase.Phrase).ToArray());
    }

    private static PhraseUse Use(string word) => Enum.Parse<PhraseUse>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
}

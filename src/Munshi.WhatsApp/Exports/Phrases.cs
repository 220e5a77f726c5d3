using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace Munshi.WhatsApp.Exports;

/// <summary>The app's words in every known language: the table <c>phrases.tsv</c>. A language is added there, not in code.</summary>
/// <remarks>A line: use, language, phrase, and for some a kind, see <see cref="Phrase"/>; parted by tabs. <c>#</c> begins a remark.</remarks>
internal static class Phrases
{
    /// <summary>No phrase of the app's is longer, in characters.</summary>
    public const int MaxLength = 200;

    private const int BeginningLength = 3;

    private const int LongBeginningLength = 8;

    private const string Table = "Exports/phrases.tsv";

    private static readonly FrozenDictionary<PhraseUse, Phrase[]> ByUse = Load();

    private static readonly FrozenDictionary<PhraseUse, FrozenDictionary<string, Phrase>.AlternateLookup<ReadOnlySpan<char>>> Exact =
        ByUse.ToFrozenDictionary(
            use => use.Key,
            use => use.Value.Where(phrase => !phrase.IsPattern)
                .DistinctBy(phrase => WithoutStop(phrase.Text), StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(phrase => WithoutStop(phrase.Text), StringComparer.OrdinalIgnoreCase)
                .GetAlternateLookup<ReadOnlySpan<char>>());

    private static readonly FrozenDictionary<PhraseUse, Phrase[]> Patterns =
        ByUse.ToFrozenDictionary(use => use.Key, use => use.Value.Where(phrase => phrase.IsPattern).ToArray());

    private static readonly Phrase[] WholeMessages =
        [.. ((PhraseUse[])[PhraseUse.Omitted, PhraseUse.Deleted, PhraseUse.Call, PhraseUse.LiveLocation, PhraseUse.Waiting]).SelectMany(use => ByUse[use])];

    /// <summary>How the phrases that stand for a whole message begin; so most texts need no further look.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Beginnings = BeginningsOf(BeginningLength);

    /// <summary>For longer texts, of which people begin many with the same word. A phrase with <c>*</c> has it behind.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> LongBeginnings = BeginningsOf(LongBeginningLength);

    private static readonly SearchValues<char> FirstLetters =
        SearchValues.Create([.. Beginnings.Set.Select(beginning => beginning[0]).SelectMany(letter => (char[])[char.ToLowerInvariant(letter), char.ToUpperInvariant(letter)]).Distinct()]);

    public static IReadOnlyList<Phrase> Of(PhraseUse use) => ByUse[use];

    /// <summary>Whether a text begins as one of the phrases does that stand for a whole message.</summary>
    /// <param name="text">Without blanks before it.</param>
    public static bool MayBePlaceholder(ReadOnlySpan<char> text) =>
        text.Length >= BeginningLength && (text[0] == '<' || (FirstLetters.Contains(text[0]) && BeginsAsAPhrase(text)));

    /// <summary>The phrase that the whole text is, with or without a full stop; null when it is none.</summary>
    /// <param name="use">What it is to stand for.</param>
    /// <param name="text">Plain, see <see cref="Marks.Plain"/>.</param>
    public static Phrase? Find(PhraseUse use, ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
        {
            return null;
        }

        FrozenDictionary<string, Phrase>.AlternateLookup<ReadOnlySpan<char>> exact = Exact[use];
        ReadOnlySpan<char> stopped = WithoutStop(text);
        if (exact.TryGetValue(text, out Phrase? phrase) || (stopped.Length < text.Length && exact.TryGetValue(stopped, out phrase)))
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

    /// <summary>A phrase of fewer letters with a full stop is not longer than <see cref="LongBeginningLength"/>.</summary>
    private static bool BeginsAsAPhrase(ReadOnlySpan<char> text) => text.Length > LongBeginningLength
        ? LongBeginnings.Contains(text[..LongBeginningLength])
        : Beginnings.Contains(text[..BeginningLength]);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BeginningsOf(int length) => WholeMessages
        .Where(phrase => phrase.Text.Length >= length)
        .Select(phrase => phrase.Text[..length])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static string WithoutStop(string text) =>
        text.EndsWith(".>", StringComparison.Ordinal) ? text[..^2] + ">" : text.EndsWith('.') ? text[..^1] : text;

    private static ReadOnlySpan<char> WithoutStop(ReadOnlySpan<char> text) =>
        text.EndsWith(".>") ? string.Concat(text[..^2], ">") : text.EndsWith(".") ? text[..^1] : text;

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

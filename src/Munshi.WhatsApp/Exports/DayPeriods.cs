using System.Collections.Frozen;

namespace Munshi.WhatsApp.Exports;

/// <summary>The words for the two halves of the day, from <c>phrases.tsv</c>.</summary>
internal static class DayPeriods
{
    private static readonly FrozenDictionary<string, DayPeriod>.AlternateLookup<ReadOnlySpan<char>> Known = Read();

    /// <param name="word">Letters only, of any case.</param>
    public static DayPeriod Of(ReadOnlySpan<char> word)
    {
        if (word.Length == 2 && (word[1] | 0x20) == 'm' && (word[0] | 0x20) is 'a' or 'p')
        {
            return (word[0] | 0x20) == 'a' ? DayPeriod.Morning : DayPeriod.Afternoon;
        }

        Span<char> folded = stackalloc char[word.Length];
        word.ToLowerInvariant(folded);
        return Known.TryGetValue(folded, out DayPeriod period) ? period : DayPeriod.Unknown;
    }

    private static FrozenDictionary<string, DayPeriod>.AlternateLookup<ReadOnlySpan<char>> Read() =>
        Phrases.Of(PhraseUse.Morning).Select(phrase => (phrase, DayPeriod.Morning))
            .Concat(Phrases.Of(PhraseUse.Afternoon).Select(phrase => (phrase, DayPeriod.Afternoon)))
            .Select(known => (Word: Letters(known.phrase.Text), known.Item2))
            .DistinctBy(known => known.Word)
            .ToFrozenDictionary(known => known.Word, known => known.Item2, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

    private static string Letters(string phrase) =>
        string.Concat(phrase.ToLowerInvariant().Where(character => character is not ('.' or '/') && !Marks.Is(character) && !Marks.IsSpace(character)));
}

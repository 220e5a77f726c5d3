using Munshi.Search.Words;

namespace Munshi.Search.Index;

/// <summary>What the index holds of a run of letters: keyed hashes, each list joined by spaces.</summary>
/// <param name="Words">Of its words, in order.</param>
/// <param name="Beginnings">Of their beginnings of 3 to 6 letters, and of 8.</param>
/// <param name="Sounds">Of their consonants.</param>
internal sealed record RunTokens(string Words, string Beginnings, string Sounds)
{
    public static RunTokens Of(IReadOnlyList<SearchWord> words, IndexHasher hasher)
    {
        HashSet<string> beginnings = [];
        foreach (SearchWord word in words)
        {
            AddBeginnings(beginnings, word.Plain, hasher);
            AddBeginnings(beginnings, word.Spoken, hasher);
        }

        return new RunTokens(
            string.Join(' ', words.Select(word => hasher.Word(word.Stem))),
            string.Join(' ', beginnings),
            string.Join(' ', words.Where(word => word.Sound is not null).Select(word => hasher.Sound(word.Sound!, word.IsIndic))));
    }

    private static void AddBeginnings(HashSet<string> beginnings, string word, IndexHasher hasher)
    {
        foreach (int length in SearchWord.Beginnings)
        {
            if (length <= word.Length)
            {
                beginnings.Add(hasher.Beginning(word.AsSpan(0, length)));
            }
        }
    }
}

namespace Munshi.Knowledge;

/// <summary>Finds the known word a misspelled or transliterated one was meant to be. Immutable.</summary>
/// <remarks>Cost: the postings of the word's own trigrams, whatever the vocabulary's size otherwise.</remarks>
internal sealed class WordGuess
{
    private const int TrigramLength = 3;

    /// <summary>Shorter words have too many neighbours.</summary>
    private const int MinLength = 5;

    private const int LengthForTwoSlips = 8;
    private const int MinSkeleton = 3;
    private const int MaxWordLength = 40;
    private const double NearCredit = 0.85;
    private const double FarCredit = 0.75;

    private readonly string[] _words;
    private readonly Dictionary<string, List<int>> _trigrams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _skeletons = new(StringComparer.Ordinal);

    public WordGuess(IEnumerable<string> words)
    {
        _words = [.. words.Where(word => word.Length <= MaxWordLength).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        for (int i = 0; i < _words.Length; i++)
        {
            foreach (string trigram in Trigrams(_words[i]))
            {
                Post(_trigrams, trigram, i);
            }

            if (SoundSkeleton.Of(_words[i]) is { Length: >= MinSkeleton } skeleton)
            {
                Post(_skeletons, skeleton, i);
            }
        }
    }

    /// <returns>The likeliest known word and how far to trust it, 0 to 1; null when none is near.</returns>
    public (string Word, double Credit)? Find(string word)
    {
        if (word.Length > MaxWordLength || char.IsAsciiDigit(word[0]))
        {
            return null;
        }

        return BySpelling(word) ?? BySound(word) ?? BySound(WordStem.Of(word));
    }

    private (string Word, double Credit)? BySpelling(string word)
    {
        Dictionary<int, int> shared = [];
        foreach (string trigram in Trigrams(word))
        {
            foreach (int candidate in _trigrams.GetValueOrDefault(trigram) ?? [])
            {
                shared[candidate] = shared.GetValueOrDefault(candidate) + 1;
            }
        }

        (string Word, double Credit, int Slips, int Shared)? best = null;
        foreach ((int candidate, int count) in shared)
        {
            string known = _words[candidate];
            int longer = Math.Max(known.Length, word.Length);
            int allowed = longer < MinLength ? 0 : longer < LengthForTwoSlips ? 1 : 2;
            if (known[0] != word[0] || Math.Min(known.Length, word.Length) < MinLength - 1 || Math.Abs(known.Length - word.Length) > allowed)
            {
                continue;
            }

            int slips = EditDistance.Between(known, word);
            bool better = best is not { } held || slips < held.Slips || (slips == held.Slips && count > held.Shared)
                || (slips == held.Slips && count == held.Shared && string.CompareOrdinal(known, held.Word) < 0);
            if (slips <= allowed && better)
            {
                best = (known, slips <= 1 && longer > MinLength ? NearCredit : FarCredit, slips, count);
            }
        }

        return best is { } found ? (found.Word, found.Credit) : null;
    }

    /// <summary>Across scripts only: within one script equal consonants are no evidence.</summary>
    private (string Word, double Credit)? BySound(string word)
    {
        string skeleton = SoundSkeleton.Of(word);
        foreach (int candidate in _skeletons.GetValueOrDefault(skeleton) ?? [])
        {
            if (ScriptOf(_words[candidate]) != ScriptOf(word))
            {
                return (_words[candidate], skeleton.Length > MinSkeleton ? NearCredit : FarCredit);
            }
        }

        return null;
    }

    private static int ScriptOf(string word) => SoundSkeleton.IsIndic(word) ? word[0] / 0x80 : 0;

    private static void Post(Dictionary<string, List<int>> postings, string key, int word)
    {
        if (!postings.TryGetValue(key, out List<int>? held))
        {
            postings[key] = held = [];
        }

        held.Add(word);
    }

    private static HashSet<string> Trigrams(string word)
    {
        string padded = $" {word} ";
        return [.. Enumerable.Range(0, padded.Length - TrigramLength + 1).Select(at => padded.Substring(at, TrigramLength))];
    }
}

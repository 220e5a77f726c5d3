using Munshi.Search.Words;

namespace Munshi.Search.Finding;

/// <summary>Looks for what is sought in one text.</summary>
internal sealed class TextMatch
{
    private const int WholeScore = 3;

    private readonly bool[] _found;

    private TextMatch(bool[] found, IReadOnlyList<(int Start, int Length)> marks, int score)
    {
        _found = found;
        Marks = marks;
        Score = score;
    }

    /// <summary>The words found, in order, in UTF-16 code units of the text.</summary>
    public IReadOnlyList<(int Start, int Length)> Marks { get; }

    /// <summary>Higher for words found whole.</summary>
    public int Score { get; }

    public static TextMatch Of(string text, SearchQuery query)
    {
        List<(int Start, int Length)> runs = WordRuns.Of(text);
        List<(SearchWord Word, int Run)> words = [];
        for (int run = 0; run < runs.Count; run++)
        {
            foreach (SearchWord word in SearchWord.Of(text.Substring(runs[run].Start, runs[run].Length)))
            {
                words.Add((word, run));
            }
        }

        bool[] found = new bool[query.Terms.Count];
        SortedSet<int> marked = [];
        int score = 0;
        for (int term = 0; term < found.Length; term++)
        {
            for (int at = 0; at + query.Terms[term].Words.Count <= words.Count; at++)
            {
                if (StandsAt(words, at, query.Terms[term]))
                {
                    found[term] = true;
                    score += words[at].Word.Stem == query.Terms[term].Words[0].Stem ? WholeScore * query.Terms[term].Words.Count : 1;
                    for (int word = 0; word < query.Terms[term].Words.Count; word++)
                    {
                        marked.Add(words[at + word].Run);
                    }
                }
            }
        }

        return new TextMatch(found, [.. marked.Select(run => runs[run])], score);
    }

    public bool Has(int term) => _found[term];

    /// <summary>Whether every term is in one of these texts.</summary>
    public static bool IsAllIn(IReadOnlyCollection<TextMatch> texts, SearchQuery query) =>
        Enumerable.Range(0, query.Terms.Count).All(term => texts.Any(text => text.Has(term)));

    private static bool StandsAt(List<(SearchWord Word, int Run)> words, int at, SearchTerm term)
    {
        for (int i = 0; i < term.Words.Count; i++)
        {
            if (!words[at + i].Word.Answers(term.Words[i], term.IsWhole))
            {
                return false;
            }
        }

        return true;
    }
}

namespace Munshi.Knowledge;

/// <summary>One version of a workspace's FAQ, ready to be asked. Immutable and safe for concurrent use.</summary>
/// <remarks>
/// A question costs the postings of its own terms, so it grows with how often its words occur, not with the number of entries; at most
/// <see cref="TextFolding.MaxLength"/> characters and <see cref="QuestionUnit.MaxUnits"/> subjects are read. No model, no network, the same result always.
/// </remarks>
internal sealed class FaqIndex
{
    public const int MaxRanked = 10;

    private const double TitleWorth = 0.85;

    /// <summary>So many other entries may be asked for by a keyword that still leads to one.</summary>
    private const int MostRivals = 1;

    private readonly FaqEntry[] _entries;
    private readonly List<FaqUtterance> _utterances = [];
    private readonly FaqTerms _terms;
    private readonly FaqMatcher _matcher;

    /// <summary>Whole utterances to their entry; −1 when two entries share one.</summary>
    private readonly Dictionary<string, int> _verbatim = new(StringComparer.Ordinal);

    /// <summary>What is asked by keywords alone, to the entries that an owner wrote for just that.</summary>
    private readonly Dictionary<string, HashSet<int>> _intents = new(StringComparer.Ordinal);

    /// <param name="entries">Their order does not matter; ids are unique.</param>
    public FaqIndex(IEnumerable<FaqEntry> entries)
    {
        _entries = [.. entries.OrderBy(entry => entry.Id, StringComparer.Ordinal)];
        _terms = new FaqTerms(_entries.Length);
        HashSet<string> words = new(StringComparer.Ordinal);
        List<(int Entry, double Worth, IReadOnlyList<QuestionUnit> Units)> read = [];
        for (int entry = 0; entry < _entries.Length; entry++)
        {
            foreach ((string text, double worth) in Utterances(_entries[entry]))
            {
                IReadOnlyList<FoldedWord> folded = TextFolding.Words(text);
                AddVerbatim(folded, entry);
                IReadOnlyList<QuestionUnit> units = QuestionUnit.Read(folded);
                for (int position = 0; position < units.Count; position++)
                {
                    _terms.AddUnit(units[position], entry, read.Count, position);
                    words.Add(units[position].Word);
                }

                read.Add((entry, worth, units));
                AddIntent(units, entry);
            }

            foreach (QuestionUnit unit in QuestionUnit.Read(TextFolding.Words(_entries[entry].Answer)))
            {
                _terms.AddAnswerUnit(unit, entry);
            }
        }

        foreach ((int entry, double worth, IReadOnlyList<QuestionUnit> units) in read)
        {
            double[] weights = [.. units.Select(_terms.WeightOf)];
            _utterances.Add(new FaqUtterance(entry, worth, weights, weights.Sum()));
        }

        _matcher = new FaqMatcher(_terms, _utterances, new WordGuess(words));
    }

    public int Count => _entries.Length;

    public FaqRanking Rank(string question)
    {
        IReadOnlyList<FoldedWord> words = TextFolding.Words(question);
        AnswerBar bar = Wording.BarOf(TextFolding.Bound(question), words);
        IReadOnlyList<QuestionUnit> units = QuestionUnit.Read(words);
        List<FaqCandidate> candidates = _matcher.Match(units);
        if (_verbatim.TryGetValue(Joined(words), out int same) && same >= 0)
        {
            candidates.RemoveAll(candidate => candidate.Entry == same);
            candidates.Add(new FaqCandidate(same, 1, 1, 1, false));
            return Ranked(bar is AnswerBar.None ? FaqDecision.Answer : FaqDecision.Menu, bar, candidates, [same]);
        }

        FaqDecision decision = ClearWinner.Decide(candidates, bar, words.Count == 1);
        return bar is AnswerBar.None && KeywordIntents.Read(FaqMatcher.ConceptsOf(units)) is { } asked && _intents.TryGetValue(asked, out HashSet<int>? meant)
            ? ByKeyword(decision, candidates, meant)
            : Ranked(decision, bar, candidates, []);
    }

    /// <summary>What to show who has asked nothing yet: the entries written for the commonest asks, in the order of <see cref="KeywordIntents"/>, then the others by id.</summary>
    /// <returns>Ids, at most <paramref name="count"/>.</returns>
    public IReadOnlyList<string> Commonest(int count) =>
    [
        .. KeywordIntents.InOrder
            .Select(cores => _intents.Where(intent => intent.Key.Split(' ').All(cores.Contains)).SelectMany(intent => intent.Value).Order().Take(1))
            .SelectMany(first => first)
            .Concat(Enumerable.Range(0, _entries.Length))
            .Distinct()
            .Take(count)
            .Select(entry => _entries[entry].Id),
    ];

    /// <summary>
    /// One entry for just that is answered, unless another is the clear winner, or several others are asked for by the same word ("delivery" in a
    /// shop with four answers about it). Several are offered.
    /// </summary>
    private FaqRanking ByKeyword(FaqDecision decision, List<FaqCandidate> candidates, HashSet<int> meant)
    {
        FaqCandidate? best = candidates.OrderByDescending(candidate => candidate.Score).ThenBy(candidate => candidate.Entry).FirstOrDefault();
        int rivals = candidates.Count(candidate => candidate.Score >= ClearWinner.MinAnswerScore && !meant.Contains(candidate.Entry));
        bool doubted = rivals > MostRivals || (decision is FaqDecision.Answer && !meant.Contains(best!.Entry));
        double score = Math.Max(ClearWinner.MinAnswerScore, best?.Score ?? 0);
        candidates.RemoveAll(candidate => meant.Contains(candidate.Entry));
        candidates.AddRange(meant.Select(entry => new FaqCandidate(entry, score, 1, 1, false)));
        return Ranked(meant.Count == 1 && !doubted ? FaqDecision.Answer : FaqDecision.Menu, AnswerBar.None, candidates, meant) with { ByKeyword = decision is not FaqDecision.Answer };
    }

    private FaqRanking Ranked(FaqDecision decision, AnswerBar bar, List<FaqCandidate> candidates, HashSet<int> first) => new(
        bar is AnswerBar.PersonWanted ? FaqDecision.None : decision,
        bar,
        [.. candidates
            .OrderByDescending(candidate => first.Contains(candidate.Entry))
            .ThenByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Entry)
            .Take(MaxRanked)
            .Select(candidate => new RankedEntry(_entries[candidate.Entry].Id, candidate.Score))]);

    private static IEnumerable<(string Text, double Worth)> Utterances(FaqEntry entry)
    {
        yield return (entry.Question, 1);
        foreach (string example in entry.Examples)
        {
            yield return (example, 1);
        }

        if (entry.Title is { } title)
        {
            yield return (title, TitleWorth);
        }
    }

    private void AddVerbatim(IReadOnlyList<FoldedWord> words, int entry)
    {
        string whole = Joined(words);
        if (whole.Length > 0)
        {
            _verbatim[whole] = _verbatim.TryGetValue(whole, out int held) && held != entry ? -1 : entry;
        }
    }

    private void AddIntent(IReadOnlyList<QuestionUnit> units, int entry)
    {
        if (KeywordIntents.Read(units.Select(unit => unit.Concept)) is not { } asked)
        {
            return;
        }

        if (!_intents.TryGetValue(asked, out HashSet<int>? entries))
        {
            _intents[asked] = entries = [];
        }

        entries.Add(entry);
    }

    private static string Joined(IReadOnlyList<FoldedWord> words) => string.Join(' ', words.Select(word => word.Key));
}

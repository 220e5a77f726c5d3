using System.Runtime.InteropServices;

namespace Munshi.Knowledge;

/// <summary>The terms of one FAQ: every concept, then each word key that stands in an entry, with the places where they stand.</summary>
internal sealed class FaqTerms
{
    /// <summary>Below it a unit only shapes the question and is never rare.</summary>
    private const double ShapingFactor = 0.6;

    /// <summary>The share of entries a shaping unit is taken to stand in, at least.</summary>
    private const double ShapingShare = 0.25;

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly List<List<FaqPosting>> _postings = [];
    private readonly List<HashSet<int>> _entries = [];
    private readonly List<HashSet<int>> _answers = [];
    private readonly int _entryCount;

    public FaqTerms(int entryCount)
    {
        _entryCount = entryCount;
        foreach (Concept _ in ConceptTable.All)
        {
            AddTerm();
        }
    }

    public int EntryCount => _entryCount;

    public int? WordTerm(string key) => _words.TryGetValue(key, out int term) ? term : null;

    public List<FaqPosting> Places(int term) => _postings[term];

    /// <summary>The entries whose answer, not question, holds the term.</summary>
    public HashSet<int> Answers(int term) => _answers[term];

    public void AddUnit(QuestionUnit unit, int entry, int utterance, int position)
    {
        int word = TermOf(unit.Key);
        Add(word, entry, utterance, position);
        if (unit.Concept is { } concept)
        {
            Add(concept.Number, entry, utterance, position);
        }
    }

    public void AddAnswerUnit(QuestionUnit unit, int entry)
    {
        _answers[TermOf(unit.Key)].Add(entry);
        if (unit.Concept is { } concept)
        {
            _answers[concept.Number].Add(entry);
        }
    }

    /// <summary>BM25's inverse entry frequency, never negative, times the unit's own factor.</summary>
    public double WeightOf(QuestionUnit unit)
    {
        int? term = unit.Concept?.Number ?? WordTerm(unit.Key);
        double frequency = term is { } known ? _entries[known].Count : 0;
        if (unit.Factor < ShapingFactor)
        {
            frequency = Math.Max(frequency, _entryCount * ShapingShare);
        }

        return unit.Factor * Math.Log(1 + ((_entryCount - frequency + 0.5) / (frequency + 0.5)));
    }

    private void Add(int term, int entry, int utterance, int position)
    {
        _postings[term].Add(new FaqPosting(utterance, position));
        _entries[term].Add(entry);
    }

    private int TermOf(string key)
    {
        ref int term = ref CollectionsMarshal.GetValueRefOrAddDefault(_words, key, out bool exists);
        if (!exists)
        {
            term = AddTerm();
        }

        return term;
    }

    private int AddTerm()
    {
        _postings.Add([]);
        _entries.Add([]);
        _answers.Add([]);
        return _postings.Count - 1;
    }
}

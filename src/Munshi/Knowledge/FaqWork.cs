using System.Buffers;

namespace Munshi.Knowledge;

/// <summary>The working memory of one ranking, rented and given back; only what a question touches is visited.</summary>
internal sealed class FaqWork : IDisposable
{
    private readonly FaqMatch[] _matches;
    private readonly double[] _credits;
    private readonly bool[] _held;
    private readonly int _unitCount;
    private readonly List<int> _offered = [];

    public FaqWork(int utteranceCount, int entryCount, int unitCount)
    {
        _unitCount = unitCount;
        _matches = ArrayPool<FaqMatch>.Shared.Rent(utteranceCount);
        _credits = ArrayPool<double>.Shared.Rent(entryCount * unitCount);
        _held = new bool[entryCount];
        _matches.AsSpan(0, utteranceCount).Clear();
        _credits.AsSpan(0, entryCount * unitCount).Clear();
    }

    /// <summary>Utterances that share a term with the question.</summary>
    public List<int> Touched { get; } = [];

    /// <summary>Entries that share a term with the question, answers included.</summary>
    public List<int> Entries { get; } = [];

    public ref readonly FaqMatch Match(int utterance) => ref _matches[utterance];

    /// <summary>By unit, how far the entry explains it, 0 to 1.</summary>
    public Span<double> Credits(int entry)
    {
        if (!_held[entry])
        {
            _held[entry] = true;
            Entries.Add(entry);
        }

        return _credits.AsSpan(entry * _unitCount, _unitCount);
    }

    public void Offer(int utterance, double credit, int position)
    {
        ref FaqMatch match = ref _matches[utterance];
        if (!match.Touched)
        {
            Touched.Add(utterance);
        }

        if (!match.Offered)
        {
            _offered.Add(utterance);
        }

        match.Offer(credit, position);
    }

    public void Settle(double unitWeight, IReadOnlyList<FaqUtterance> utterances)
    {
        foreach (int utterance in _offered)
        {
            _matches[utterance].Settle(unitWeight, utterances[utterance].Weights);
        }

        _offered.Clear();
    }

    public void Dispose()
    {
        ArrayPool<FaqMatch>.Shared.Return(_matches);
        ArrayPool<double>.Shared.Return(_credits);
    }
}

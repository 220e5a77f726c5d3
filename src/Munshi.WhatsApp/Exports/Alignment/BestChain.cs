namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>Of pairs that may be one message, the choice that is in order on both sides and counts the most.</summary>
/// <param name="keptCount">Places on the kept side.</param>
internal sealed class BestChain(int keptCount)
{
    /// <summary>Of the chains that end before a kept place, the best: a Fenwick tree of prefix maxima.</summary>
    private readonly int[] _best = NewTree(keptCount);

    private readonly List<(int Kept, int Fresh, int Before, long Total)> _pairs = [];

    /// <summary>To be called for the fresh places in their order.</summary>
    public void Add(int fresh, List<(int Kept, int Score)> candidates)
    {
        int first = _pairs.Count;
        foreach ((int kept, int score) in candidates)
        {
            int before = BestBefore(kept);
            _pairs.Add((kept, fresh, before, (before < 0 ? 0 : _pairs[before].Total) + score));
        }

        for (int pair = first; pair < _pairs.Count; pair++)
        {
            Enter(pair);
        }
    }

    /// <summary>From the last to the first.</summary>
    public IEnumerable<(int Kept, int Fresh)> Best()
    {
        for (int pair = BestBefore(keptCount); pair >= 0; pair = _pairs[pair].Before)
        {
            yield return (_pairs[pair].Kept, _pairs[pair].Fresh);
        }
    }

    private int BestBefore(int kept)
    {
        int best = -1;
        for (int node = kept; node > 0; node -= node & -node)
        {
            best = Better(best, _best[node]);
        }

        return best;
    }

    private void Enter(int pair)
    {
        for (int node = _pairs[pair].Kept + 1; node < _best.Length; node += node & -node)
        {
            _best[node] = Better(_best[node], pair);
        }
    }

    private int Better(int one, int other) =>
        one < 0 ? other : other < 0 || _pairs[one].Total >= _pairs[other].Total ? one : other;

    private static int[] NewTree(int count)
    {
        int[] tree = new int[count + 1];
        Array.Fill(tree, -1);
        return tree;
    }
}

using System.Numerics;
using Munshi.Ledger.Merkle;

namespace Munshi.Ledger.Heads;

/// <summary>The tree over one tick's commitments, filled up to a power of two so that a path tells no more of their number than that.</summary>
public sealed class HeadsTree
{
    /// <summary>The fewest leaves.</summary>
    public const int LeastWidth = 16;

    private readonly MerkleTree _tree = new();

    /// <param name="commitments">In the order of their places.</param>
    /// <param name="filler">What stands at a place that no log has: nobody may be able to tell it from a commitment.</param>
    public HeadsTree(IReadOnlyList<Digest> commitments, Func<int, Digest> filler)
    {
        int width = Math.Max(LeastWidth, (int)BitOperations.RoundUpToPowerOf2((uint)commitments.Count));
        for (int place = 0; place < width; place++)
        {
            _tree.Append(Leaf(place < commitments.Count ? commitments[place] : filler(place)));
        }

        Root = _tree.Root();
    }

    /// <summary>What the tick's leaf names as heads.</summary>
    public Digest Root { get; }

    /// <summary>The hashes that lead from a place to the root, its sibling first.</summary>
    public Digest[] Path(int place) => _tree.ProveInclusion((ulong)place, _tree.Size);

    /// <summary>Whether a commitment stood at this place of a tick.</summary>
    /// <param name="commitment">The opened head's.</param>
    /// <param name="place">From 0.</param>
    /// <param name="path">At most 32 hashes.</param>
    /// <param name="heads">What the tick's leaf names.</param>
    public static ProofVerdict Verify(Digest commitment, int place, ReadOnlySpan<Digest> path, Digest heads) =>
        place < 0 || path.Length > 32
            ? new ProofVerdict.Invalid("the place is negative, or the path longer than 32 hashes")
            : InclusionProof.Verify((ulong)place, 1UL << path.Length, Leaf(commitment), path, heads);

    private static Digest Leaf(Digest commitment) => TreeHash.OfLeaf(commitment.ToArray());
}

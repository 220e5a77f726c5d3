namespace Munshi.Ledger.Merkle;

/// <summary>A tree with all its complete nodes in memory: 64 bytes a leaf. Not safe for concurrent use while it grows.</summary>
public sealed class MerkleTree
{
    private readonly Frontier _frontier = new();
    private readonly List<List<Digest>> _levels = [];

    /// <summary>The number of leaves.</summary>
    public ulong Size => _frontier.Size;

    /// <param name="leafHash">The leaf's hash, <see cref="TreeHash.OfLeaf"/>.</param>
    public void Append(Digest leafHash)
    {
        Span<Digest> completed = stackalloc Digest[Frontier.MostCompleted];
        int count = _frontier.Append(leafHash, completed);
        for (int level = 0; level < count; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            _levels[level].Add(completed[level]);
        }
    }

    public Digest Root() => _frontier.Root();

    /// <summary>The root of the tree when it had its first <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has fewer.</exception>
    public Digest Root(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return TreeHash.Fold([.. TreeNode.FrontierOf(size).Select(Read)]);
    }

    /// <exception cref="ArgumentOutOfRangeException">The index is not less than the size, or the size is greater than the tree's.</exception>
    public Digest[] ProveInclusion(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return ProofPlan.Inclusion(index, size).Assemble(Read);
    }

    /// <exception cref="ArgumentOutOfRangeException">The old size is greater than the new, or the new than the tree's.</exception>
    public Digest[] ProveConsistency(ulong oldSize, ulong newSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, Size);
        return ProofPlan.Consistency(oldSize, newSize).Assemble(Read);
    }

    private Digest Read(TreeNode node) => _levels[node.Level][checked((int)node.Index)];
}

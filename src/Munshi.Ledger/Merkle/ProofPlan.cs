using System.Numerics;

namespace Munshi.Ledger.Merkle;

/// <summary>Which complete nodes make up a proof, so that it can be made from stored nodes.</summary>
public sealed class ProofPlan
{
    private readonly List<IReadOnlyList<TreeNode>> _parts = [];

    private ProofPlan()
    {
    }

    /// <summary>One for each hash of the proof, in its order: the nodes whose fold is the hash.</summary>
    public IReadOnlyList<IReadOnlyList<TreeNode>> Parts => _parts;

    /// <summary>All nodes of <see cref="Parts"/>; none stands there twice.</summary>
    public IEnumerable<TreeNode> Nodes => _parts.SelectMany(part => part);

    /// <summary>That a leaf is in a tree: RFC 9162, section 2.1.3.1, <c>PATH(index, D[0:size])</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static ProofPlan Inclusion(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        ProofPlan plan = new();
        (ulong first, ulong end) = (0, size);
        while (end - first > 1)
        {
            ulong split = first + LeftOf(end - first);
            (first, end) = index < split ? plan.TurnLeft(first, split, end) : plan.TurnRight(first, split, end);
        }

        plan._parts.Reverse();
        return plan;
    }

    /// <summary>That a tree continues another: RFC 9162, section 2.1.4.1, <c>PROOF(old, D[0:new])</c>. Empty where one size is 0 or both are the same.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old tree is larger than the new.</exception>
    public static ProofPlan Consistency(ulong oldSize, ulong newSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        ProofPlan plan = new();
        if (oldSize == 0)
        {
            return plan;
        }

        (ulong first, ulong end) = (0, newSize);
        while (end != oldSize)
        {
            ulong split = first + LeftOf(end - first);
            (first, end) = oldSize <= split ? plan.TurnLeft(first, split, end) : plan.TurnRight(first, split, end);
        }

        if (first > 0)
        {
            plan._parts.Add(TreeNode.Cover(first, end));
        }

        plan._parts.Reverse();
        return plan;
    }

    /// <param name="read">The hash of a complete node.</param>
    public Digest[] Assemble(Func<TreeNode, Digest> read)
    {
        Digest[] proof = new Digest[_parts.Count];
        for (int i = 0; i < proof.Length; i++)
        {
            proof[i] = TreeHash.Fold([.. _parts[i].Select(read)]);
        }

        return proof;
    }

    /// <summary>The largest power of two that is less than a count of at least 2.</summary>
    private static ulong LeftOf(ulong count) => 1UL << BitOperations.Log2(count - 1);

    private (ulong First, ulong End) TurnLeft(ulong first, ulong split, ulong end)
    {
        _parts.Add(TreeNode.Cover(split, end));
        return (first, split);
    }

    private (ulong First, ulong End) TurnRight(ulong first, ulong split, ulong end)
    {
        _parts.Add(TreeNode.Cover(first, split));
        return (split, end);
    }
}

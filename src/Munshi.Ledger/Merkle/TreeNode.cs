using System.Numerics;

namespace Munshi.Ledger.Merkle;

/// <summary>A node that covers the leaves <c>Index * 2^Level</c> up to, not including, <c>(Index + 1) * 2^Level</c>.</summary>
/// <remarks>It is complete, and never changes any more, once the tree has all of them.</remarks>
/// <param name="Level">0 for leaf hashes, at most 63.</param>
/// <param name="Index">From the left, from 0.</param>
public readonly record struct TreeNode(int Level, ulong Index)
{
    /// <summary>The complete nodes that make up the leaves from <paramref name="first"/> to before <paramref name="end"/>, the largest first.</summary>
    /// <param name="first">Where a subtree of a tree begins: 0, or a multiple of the largest power of two below the range's length.</param>
    /// <param name="end">Not less than <paramref name="first"/>.</param>
    public static IReadOnlyList<TreeNode> Cover(ulong first, ulong end)
    {
        List<TreeNode> nodes = [];
        while (first < end)
        {
            int level = BitOperations.Log2(end - first);
            nodes.Add(new TreeNode(level, first >> level));
            first += 1UL << level;
        }

        return nodes;
    }

    /// <summary>The complete nodes whose fold is the root of a tree of this size, the largest first: one for each binary digit 1.</summary>
    public static IReadOnlyList<TreeNode> FrontierOf(ulong size) => Cover(0, size);

    /// <summary>Whether a tree of this size holds all leaves that the node covers.</summary>
    public bool IsCompleteIn(ulong size) => (size >> Level) > Index;
}

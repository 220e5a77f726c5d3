using System.Numerics;
using System.Runtime.CompilerServices;

namespace Munshi.Ledger.Merkle;

/// <summary>A tree as the few complete subtrees that appending and its root need: at most 64 hashes. Not safe for concurrent use.</summary>
public sealed class Frontier
{
    /// <summary>How many nodes one leaf can complete: itself and its 63 parents.</summary>
    public const int MostCompleted = 64;

    private readonly Digest[] _byLevel = new Digest[MostCompleted];

    /// <summary>An empty tree.</summary>
    public Frontier()
    {
    }

    /// <summary>A tree of which only its frontier is kept.</summary>
    /// <param name="size">The number of leaves.</param>
    /// <param name="nodes">The hashes of <see cref="TreeNode.FrontierOf"/>, in that order.</param>
    /// <exception cref="ArgumentException">There are not as many hashes as the size has binary digits 1.</exception>
    public Frontier(ulong size, ReadOnlySpan<Digest> nodes)
    {
        if (nodes.Length != BitOperations.PopCount(size))
        {
            throw new ArgumentException("A frontier has one hash for each binary digit 1 of its size.", nameof(nodes));
        }

        Size = size;
        int next = 0;
        for (int level = MostCompleted - 1; level >= 0; level--)
        {
            if (((size >> level) & 1) == 1)
            {
                _byLevel[level] = nodes[next++];
            }
        }
    }

    /// <summary>The number of leaves.</summary>
    public ulong Size { get; private set; }

    /// <summary>Appends a leaf and tells the nodes that it completes.</summary>
    /// <param name="leafHash">The leaf's hash, <see cref="TreeHash.OfLeaf"/>.</param>
    /// <param name="completed">At least <see cref="MostCompleted"/> long. Place <c>L</c> takes the node of level <c>L</c>; its index is the leaf's, shifted right <c>L</c> times.</param>
    /// <returns>How many nodes were completed: 1 and the trailing zeros of the new size.</returns>
    /// <exception cref="OverflowException">The tree has 2^64-1 leaves.</exception>
    public int Append(Digest leafHash, Span<Digest> completed)
    {
        ulong size = checked(Size + 1);
        Digest node = leafHash;
        int level = 0;
        completed[0] = node;
        while (((Size >> level) & 1) == 1)
        {
            node = TreeHash.OfNode(_byLevel[level], node);
            completed[++level] = node;
        }

        _byLevel[level] = node;
        Size = size;
        return level + 1;
    }

    /// <inheritdoc cref="Append(Digest, Span{Digest})"/>
    [SkipLocalsInit]
    public void Append(Digest leafHash) => Append(leafHash, stackalloc Digest[MostCompleted]);

    /// <summary>The hashes of <see cref="TreeNode.FrontierOf"/>, the largest subtree first.</summary>
    public Digest[] ToArray()
    {
        Digest[] nodes = new Digest[BitOperations.PopCount(Size)];
        int next = 0;
        for (int level = MostCompleted - 1; level >= 0; level--)
        {
            if (((Size >> level) & 1) == 1)
            {
                nodes[next++] = _byLevel[level];
            }
        }

        return nodes;
    }

    public Digest Root() => TreeHash.Fold(ToArray());
}

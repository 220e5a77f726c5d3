namespace Munshi.Ledger.Merkle;

/// <summary>The 15 nodes over 16 neighbouring children, kept together: four levels of a tree in one row.</summary>
/// <remarks>
/// Block <c>(Height, Index)</c> covers the nodes of tree level <c>4 * Height</c> from <c>16 * Index</c> on. Its hashes: the eight of the level
/// above them from the left, then four, two and one. It exists once all 16 are complete, and never changes.
/// </remarks>
/// <param name="Height">0 for the block over leaf hashes, at most 15.</param>
/// <param name="Index">From the left, from 0.</param>
public readonly record struct NodeBlock(int Height, ulong Index)
{
    /// <summary>The number of children.</summary>
    public const int Children = 16;

    /// <summary>The number of hashes in a block.</summary>
    public const int Count = Children - 1;

    /// <summary>The tree levels that a block holds.</summary>
    public const int Levels = 4;

    /// <summary>The block's topmost node: a child of the block above.</summary>
    public TreeNode Top => new(Levels * (Height + 1), Index);

    /// <summary>The block that holds a node of level 1 or above.</summary>
    public static NodeBlock Of(TreeNode node)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(node.Level, 1);
        int height = (node.Level - 1) / Levels;
        return new NodeBlock(height, node.Index >> ((Levels * (height + 1)) - node.Level));
    }

    /// <summary>A node's place among its block's hashes.</summary>
    public static int PlaceOf(TreeNode node)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(node.Level, 1);
        int width = Children >> (1 + ((node.Level - 1) % Levels));
        return Children - (2 * width) + (int)(node.Index & (ulong)(width - 1));
    }

    /// <summary>Computes the block's hashes.</summary>
    /// <param name="children">16 hashes.</param>
    /// <param name="hashes">Takes 15; the last is the topmost.</param>
    public static void Compute(ReadOnlySpan<Digest> children, Span<Digest> hashes)
    {
        ReadOnlySpan<Digest> below = children[..Children];
        int written = 0;
        while (below.Length > 1)
        {
            Span<Digest> level = hashes.Slice(written, below.Length / 2);
            for (int i = 0; i < level.Length; i++)
            {
                level[i] = TreeHash.OfNode(below[2 * i], below[(2 * i) + 1]);
            }

            written += level.Length;
            below = level;
        }
    }

    /// <summary>A child, as a node.</summary>
    /// <param name="place">0 to 15.</param>
    public TreeNode Child(int place) => new(Levels * Height, (Index * Children) + (ulong)place);

    /// <summary>Whether a tree of this size has all the block's children.</summary>
    public bool IsCompleteIn(ulong size) => Top.Level < 64 && Top.IsCompleteIn(size);
}

namespace Munshi.Ledger.Merkle;

/// <summary>A tree that grows, kept as the children of its blocks that are not full yet: at most 15 hashes for every four levels.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class BlockFrontier
{
    private const int Heights = 16;

    private readonly Digest[]?[] _children = new Digest[]?[Heights];

    /// <summary>An empty tree.</summary>
    public BlockFrontier()
    {
    }

    /// <summary>A tree of which its leaf hashes and blocks are stored elsewhere.</summary>
    /// <param name="size">The number of leaves.</param>
    /// <param name="read">The hash of each of <see cref="NodesOf"/>.</param>
    public BlockFrontier(ulong size, Func<TreeNode, Digest> read)
    {
        Size = size;
        foreach (TreeNode node in NodesOf(size))
        {
            int height = node.Level / NodeBlock.Levels;
            Children(height)[(int)(node.Index % NodeBlock.Children)] = read(node);
        }
    }

    /// <summary>The number of leaves.</summary>
    public ulong Size { get; private set; }

    /// <summary>The complete nodes from which a tree of this size can go on: leaf hashes, and the topmost nodes of blocks.</summary>
    public static IEnumerable<TreeNode> NodesOf(ulong size)
    {
        for (int height = 0; height < Heights; height++)
        {
            ulong count = size >> (NodeBlock.Levels * height);
            for (ulong index = count - (count % NodeBlock.Children); index < count; index++)
            {
                yield return new TreeNode(NodeBlock.Levels * height, index);
            }
        }
    }

    /// <summary>Appends a leaf and tells the blocks that it completes, the lowest first.</summary>
    /// <param name="leafHash">The leaf's hash, <see cref="TreeHash.OfLeaf"/>.</param>
    /// <param name="completed">Called with the block and its 15 hashes, which are valid during the call.</param>
    public void Append(Digest leafHash, Action<NodeBlock, ReadOnlySpan<Digest>> completed)
    {
        Span<Digest> hashes = stackalloc Digest[NodeBlock.Count];
        Digest child = leafHash;
        ulong index = Size;
        Size = checked(Size + 1);
        for (int height = 0; height < Heights; height++, index /= NodeBlock.Children)
        {
            Digest[] children = Children(height);
            int place = (int)(index % NodeBlock.Children);
            children[place] = child;
            if (place < NodeBlock.Count)
            {
                return;
            }

            NodeBlock.Compute(children, hashes);
            completed(new NodeBlock(height, index / NodeBlock.Children), hashes);
            child = hashes[^1];
        }
    }

    /// <summary>The hashes of <see cref="TreeNode.FrontierOf"/>, the largest subtree first.</summary>
    public Digest[] ToArray() => [.. TreeNode.FrontierOf(Size).Select(Node)];

    public Digest Root() => TreeHash.Fold(ToArray());

    private Digest Node(TreeNode node)
    {
        int height = node.Level / NodeBlock.Levels;
        int width = 1 << (node.Level % NodeBlock.Levels);
        Span<Digest> nodes = stackalloc Digest[width];
        int first = (int)((node.Index * (ulong)width) % NodeBlock.Children);
        Children(height).AsSpan(first, width).CopyTo(nodes);
        for (; width > 1; width /= 2)
        {
            for (int i = 0; i < width / 2; i++)
            {
                nodes[i] = TreeHash.OfNode(nodes[2 * i], nodes[(2 * i) + 1]);
            }
        }

        return nodes[0];
    }

    private Digest[] Children(int height) => _children[height] ??= new Digest[NodeBlock.Children];
}

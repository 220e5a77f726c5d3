namespace Munshi.Ledger.Merkle;

/// <summary>Which stored blocks and leaf hashes tell the hashes of a tree's complete nodes, and the hashes once these are read.</summary>
/// <remarks>A node in a block that is not full yet is computed from at most eight of that block's children, unless it is known: a tree's frontier saves most of them.</remarks>
public sealed class StoredNodes
{
    private readonly ulong _size;
    private readonly IReadOnlyDictionary<TreeNode, Digest> _known;
    private readonly HashSet<NodeBlock> _blocks = [];
    private readonly HashSet<ulong> _leaves = [];
    private readonly Dictionary<NodeBlock, Digest[]> _blockHashes = [];
    private readonly Dictionary<ulong, Digest> _leafHashes = [];

    /// <param name="nodes">What is wanted.</param>
    /// <param name="size">The number of leaves that the tree has at least where it is stored: a block that it completes is there.</param>
    /// <param name="known">The hashes of nodes that are known already, such as those of <see cref="TreeNode.FrontierOf"/>.</param>
    /// <exception cref="ArgumentException">A node is not complete in such a tree.</exception>
    public StoredNodes(IEnumerable<TreeNode> nodes, ulong size, IReadOnlyDictionary<TreeNode, Digest> known)
    {
        _size = size;
        _known = known;
        foreach (TreeNode node in nodes)
        {
            if (!node.IsCompleteIn(size))
            {
                throw new ArgumentException("A node is not complete in a tree of this size.", nameof(nodes));
            }

            Want(node);
        }
    }

    /// <inheritdoc cref="StoredNodes(IEnumerable{TreeNode}, ulong, IReadOnlyDictionary{TreeNode, Digest})"/>
    public StoredNodes(IEnumerable<TreeNode> nodes, ulong size)
        : this(nodes, size, new Dictionary<TreeNode, Digest>())
    {
    }

    /// <summary>The blocks to be read.</summary>
    public IReadOnlyCollection<NodeBlock> Blocks => _blocks;

    /// <summary>The leaves whose hashes are to be read, by their index.</summary>
    public IReadOnlyCollection<ulong> Leaves => _leaves;

    /// <param name="block">One of <see cref="Blocks"/>.</param>
    /// <param name="hashes">Its 15 hashes.</param>
    public void Add(NodeBlock block, ReadOnlySpan<Digest> hashes) => _blockHashes[block] = hashes.ToArray();

    /// <param name="leaf">One of <see cref="Leaves"/>.</param>
    /// <param name="hash">Its hash.</param>
    public void Add(ulong leaf, Digest hash) => _leafHashes[leaf] = hash;

    /// <summary>The hash of a wanted node; null where what it is made of has not been found.</summary>
    public Digest? Find(TreeNode node)
    {
        if (_known.TryGetValue(node, out Digest known))
        {
            return known;
        }

        if (node.Level == 0)
        {
            return _leafHashes.TryGetValue(node.Index, out Digest leaf) ? leaf : null;
        }

        NodeBlock block = NodeBlock.Of(node);
        if (block.IsCompleteIn(_size))
        {
            return _blockHashes.TryGetValue(block, out Digest[]? hashes) ? hashes[NodeBlock.PlaceOf(node)] : null;
        }

        TreeNode left = new(node.Level - 1, node.Index * 2);
        return Find(left) is { } one && Find(left with { Index = left.Index + 1 }) is { } other ? TreeHash.OfNode(one, other) : null;
    }

    private void Want(TreeNode node)
    {
        if (_known.ContainsKey(node))
        {
            return;
        }

        if (node.Level == 0)
        {
            _leaves.Add(node.Index);
            return;
        }

        NodeBlock block = NodeBlock.Of(node);
        if (block.IsCompleteIn(_size))
        {
            _blocks.Add(block);
            return;
        }

        Want(new TreeNode(node.Level - 1, node.Index * 2));
        Want(new TreeNode(node.Level - 1, (node.Index * 2) + 1));
    }
}

using Munshi.Ledger.Merkle;

namespace Munshi.Ledger.Tests.Merkle;

public class NodeBlockTests
{
    private const int Size = 1100;

    private static readonly Digest[] Leaves = [.. Enumerable.Range(0, Size).Select(TreeTests.Leaf)];
    private static readonly MerkleTree Tree = TreeTests.Grow(Leaves);

    [Fact]
    public void A_tree_kept_in_blocks_has_the_same_root_at_every_size_also_after_it_was_put_away()
    {
        Dictionary<NodeBlock, Digest[]> blocks = [];
        BlockFrontier grown = new();
        for (int i = 0; i < Size; i++)
        {
            BlockFrontier kept = new(grown.Size, node => node.Level == 0 ? Leaves[node.Index] : blocks[NodeBlock.Of(node)][NodeBlock.PlaceOf(node)]);
            Assert.Equal(Tree.Root((ulong)i), kept.Root());
            kept.Append(Leaves[i], (_, _) => { });
            grown.Append(Leaves[i], (block, hashes) => blocks.Add(block, hashes.ToArray()));
            Assert.Equal(grown.Root(), kept.Root());
            Assert.Equal(TreeNode.FrontierOf(grown.Size).Count, grown.ToArray().Length);
        }

        Assert.Equal((Size / 16) + (Size / 256), blocks.Count);
    }

    [Fact]
    public void With_the_trees_frontier_a_proof_is_made_from_one_stored_row_a_level_or_from_ten()
    {
        Dictionary<NodeBlock, Digest[]> blocks = [];
        BlockFrontier grown = new();
        for (ulong size = 1; size <= Size; size++)
        {
            grown.Append(Leaves[size - 1], (block, hashes) => blocks.Add(block, hashes.ToArray()));
            if (size % 13 != 0 && size != Size)
            {
                continue;
            }

            Dictionary<TreeNode, Digest> frontier = TreeNode.FrontierOf(size).Zip(grown.ToArray()).ToDictionary(one => one.First, one => one.Second);
            int levels = 64 - System.Numerics.BitOperations.LeadingZeroCount(size - 1);
            for (ulong index = 0; index < size; index += 7)
            {
                Assert.Equal(Tree.ProveInclusion(index, size), Make(ProofPlan.Inclusion(index, size), size, frontier, levels));
                Assert.Equal(Tree.ProveConsistency(index + 1, size), Make(ProofPlan.Consistency(index + 1, size), size, frontier, levels));
            }
        }

        Digest[] Make(ProofPlan plan, ulong size, Dictionary<TreeNode, Digest> frontier, int levels)
        {
            StoredNodes nodes = new(plan.Nodes, size, frontier);
            Assert.InRange(nodes.Blocks.Count + nodes.Leaves.Count, 0, Math.Max(levels, 10));
            foreach (NodeBlock block in nodes.Blocks)
            {
                nodes.Add(block, blocks[block]);
            }

            foreach (ulong leaf in nodes.Leaves)
            {
                nodes.Add(leaf, Leaves[leaf]);
            }

            return plan.Assemble(node => nodes.Find(node)!.Value);
        }
    }

    [Fact]
    public void Every_proof_can_be_made_from_stored_blocks_and_leaf_hashes()
    {
        Dictionary<NodeBlock, Digest[]> blocks = [];
        BlockFrontier grown = new();
        foreach (Digest leaf in Leaves)
        {
            grown.Append(leaf, (block, hashes) => blocks.Add(block, hashes.ToArray()));
        }

        for (ulong size = 1; size <= Size; size += 13)
        {
            for (ulong index = 0; index < size; index += 7)
            {
                Assert.Equal(Tree.ProveInclusion(index, size), Make(ProofPlan.Inclusion(index, size)));
                Assert.Equal(Tree.ProveConsistency(index + 1, size), Make(ProofPlan.Consistency(index + 1, size)));
            }
        }

        Digest[] Make(ProofPlan plan)
        {
            StoredNodes nodes = new(plan.Nodes, Size);
            foreach (NodeBlock block in nodes.Blocks)
            {
                nodes.Add(block, blocks[block]);
            }

            foreach (ulong leaf in nodes.Leaves)
            {
                nodes.Add(leaf, Leaves[leaf]);
            }

            return plan.Assemble(node => nodes.Find(node)!.Value);
        }
    }

    [Fact]
    public void A_node_whose_block_is_missing_is_not_found()
    {
        StoredNodes nodes = new([new TreeNode(2, 0)], 64);
        Assert.Null(nodes.Find(new TreeNode(2, 0)));
        Assert.Equal([new NodeBlock(0, 0)], nodes.Blocks);
        Assert.Throws<ArgumentException>(() => new StoredNodes([new TreeNode(2, 16)], 64));
    }
}

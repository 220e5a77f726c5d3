using Munshi.Ledger.Merkle;

namespace Munshi.Ledger.Tests.Merkle;

public class ProofTests
{
    private const int Size = 70;

    private static readonly Digest[] Leaves = [.. Enumerable.Range(0, Size).Select(TreeTests.Leaf)];
    private static readonly MerkleTree Tree = TreeTests.Grow(Leaves);

    [Fact]
    public void Every_inclusion_proof_holds_for_its_leaf_and_for_no_other_place_size_or_root()
    {
        for (ulong size = 1; size <= Size; size++)
        {
            for (ulong index = 0; index < size; index++)
            {
                Digest[] proof = Tree.ProveInclusion(index, size);
                Digest leaf = Leaves[index];
                Assert.IsType<ProofVerdict.Valid>(InclusionProof.Verify(index, size, leaf, proof, Tree.Root(size)));
                AssertInvalid(InclusionProof.Verify(index, size, TreeTests.Leaf(1000), proof, Tree.Root(size)));
                AssertInvalid(InclusionProof.Verify(index, size, leaf, proof, TreeTests.Leaf(1000)));
                AssertInvalid(InclusionProof.Verify(index ^ 1, size, leaf, proof, Tree.Root(size)), unless: size == 1);
                AssertInvalid(InclusionProof.Verify(size, size, leaf, proof, Tree.Root(size)));
                foreach (Digest[] changed in Changes(proof))
                {
                    AssertInvalid(InclusionProof.Verify(index, size, leaf, changed, Tree.Root(size)));
                }
            }
        }
    }

    [Fact]
    public void Every_consistency_proof_holds_for_its_two_trees_and_for_no_others()
    {
        for (ulong newSize = 1; newSize <= Size; newSize++)
        {
            for (ulong oldSize = 1; oldSize <= newSize; oldSize++)
            {
                Digest[] proof = Tree.ProveConsistency(oldSize, newSize);
                Digest oldRoot = Tree.Root(oldSize);
                Digest newRoot = Tree.Root(newSize);
                Assert.IsType<ProofVerdict.Valid>(ConsistencyProof.Verify(oldSize, newSize, oldRoot, newRoot, proof));
                AssertInvalid(ConsistencyProof.Verify(oldSize, newSize, TreeTests.Leaf(1000), newRoot, proof));
                AssertInvalid(ConsistencyProof.Verify(oldSize, newSize, oldRoot, TreeTests.Leaf(1000), proof));
                AssertInvalid(ConsistencyProof.Verify(newSize + 1, newSize, oldRoot, newRoot, proof));
                foreach (Digest[] changed in Changes(proof))
                {
                    AssertInvalid(ConsistencyProof.Verify(oldSize, newSize, oldRoot, newRoot, changed));
                }
            }
        }
    }

    [Fact]
    public void Every_tree_continues_the_empty_one_without_hashes()
    {
        Digest root = Tree.Root(5);
        Assert.IsType<ProofVerdict.Valid>(ConsistencyProof.Verify(0, 5, TreeHash.OfEmptyTree, root, []));
        Assert.IsType<ProofVerdict.Valid>(ConsistencyProof.Verify(0, 0, TreeHash.OfEmptyTree, TreeHash.OfEmptyTree, []));
        AssertInvalid(ConsistencyProof.Verify(0, 5, root, root, []));
        AssertInvalid(ConsistencyProof.Verify(0, 5, TreeHash.OfEmptyTree, root, [root]));
        AssertInvalid(ConsistencyProof.Verify(0, 0, TreeHash.OfEmptyTree, root, []));
    }

    [Fact]
    public void Sizes_up_to_the_largest_number_are_followed_without_overflow()
    {
        Digest leaf = TreeTests.Leaf(1);
        Digest[] proof = new Digest[64];
        Digest root = leaf;
        foreach (Digest sibling in proof)
        {
            root = TreeHash.OfNode(sibling, root);
        }

        Assert.IsType<ProofVerdict.Valid>(InclusionProof.Verify(ulong.MaxValue - 1, ulong.MaxValue, leaf, ProofOfLast(), RootOfLast(leaf)));
        AssertInvalid(InclusionProof.Verify(ulong.MaxValue - 1, ulong.MaxValue, leaf, proof, root));
        AssertInvalid(InclusionProof.Verify(ulong.MaxValue, ulong.MaxValue, leaf, proof, root));
        AssertInvalid(InclusionProof.Verify(0, ulong.MaxValue, leaf, new Digest[65], root));
        AssertInvalid(ConsistencyProof.Verify(1, ulong.MaxValue, leaf, root, new Digest[65]));
    }

    [Fact]
    public void A_plan_names_at_most_one_node_a_level_beside_the_trees_frontier()
    {
        for (ulong size = 1; size <= 300; size++)
        {
            HashSet<TreeNode> frontier = [.. TreeNode.FrontierOf(size)];
            for (ulong index = 0; index < size; index++)
            {
                List<TreeNode> read = [.. ProofPlan.Inclusion(index, size).Nodes.Where(node => !frontier.Contains(node))];
                Assert.Equal(read.Count, read.DistinctBy(node => node.Level).Count());
            }
        }
    }

    /// <remarks>The last leaf of a tree of 2^64-1: every border subtree stands to its left, 63 of them.</remarks>
    private static Digest[] ProofOfLast() => new Digest[63];

    private static Digest RootOfLast(Digest leaf)
    {
        foreach (Digest sibling in ProofOfLast())
        {
            leaf = TreeHash.OfNode(sibling, leaf);
        }

        return leaf;
    }

    /// <summary>One hash fewer, one more, one twice, two swapped, one bit changed in each.</summary>
    private static IEnumerable<Digest[]> Changes(Digest[] proof)
    {
        yield return [.. proof, TreeTests.Leaf(2000)];
        for (int i = 0; i < proof.Length; i++)
        {
            yield return [.. proof[..i], .. proof[(i + 1)..]];
            yield return [.. proof[..i], proof[i], .. proof[i..]];
            byte[] bytes = proof[i].ToArray();
            bytes[i % Digest.Length] ^= 1;
            yield return [.. proof[..i], new Digest(bytes), .. proof[(i + 1)..]];
            if (i > 0)
            {
                Digest[] swapped = [.. proof];
                (swapped[i - 1], swapped[i]) = (swapped[i], swapped[i - 1]);
                yield return swapped;
            }
        }
    }

    private static void AssertInvalid(ProofVerdict verdict, bool unless = false)
    {
        if (!unless)
        {
            Assert.NotEmpty(Assert.IsType<ProofVerdict.Invalid>(verdict).Reason);
        }
    }
}

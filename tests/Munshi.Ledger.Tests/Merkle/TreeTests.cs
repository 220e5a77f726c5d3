using System.Buffers.Binary;
using System.Text.Json;
using Munshi.Ledger.Merkle;

namespace Munshi.Ledger.Tests.Merkle;

public class TreeTests
{
    [Theory]
    [InlineData("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData("00", "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7")]
    public void A_leaf_hash_is_that_of_the_certificate_transparency_reference_vectors(string data, string expected) =>
        Assert.Equal(WorkedTrees.Hash(expected), TreeHash.OfLeaf(Convert.FromHexString(data)));

    [Fact]
    public void Roots_are_those_of_the_certificate_transparency_reference_vectors()
    {
        string[] leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        string[] roots =
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        MerkleTree tree = new();
        Assert.Equal(WorkedTrees.Hash(roots[0]), tree.Root());
        for (int size = 1; size <= leaves.Length; size++)
        {
            tree.Append(TreeHash.OfLeaf(Convert.FromHexString(leaves[size - 1])));
            Assert.Equal(WorkedTrees.Hash(roots[size]), tree.Root());
        }
    }

    [Fact]
    public void Leaf_hashes_roots_and_nodes_are_the_worked_values()
    {
        Digest[] leafHashes = [.. WorkedTrees.LeafData.Select(data => TreeHash.OfLeaf(data))];
        Assert.Equal(WorkedTrees.Hashes(WorkedTrees.Root, "leaf_hash_hex"), leafHashes);

        Digest[] roots = WorkedTrees.Hashes(WorkedTrees.Root, "root_by_size");
        MerkleTree tree = Grow(leafHashes);
        Assert.All(roots, (root, size) => Assert.Equal(root, tree.Root((ulong)size)));

        Frontier frontier = new();
        Span<Digest> completed = stackalloc Digest[Frontier.MostCompleted];
        Dictionary<TreeNode, Digest> nodes = [];
        foreach (Digest leaf in leafHashes)
        {
            ulong index = frontier.Size;
            int count = frontier.Append(leaf, completed);
            for (int level = 0; level < count; level++)
            {
                nodes.Add(new TreeNode(level, index >> level), completed[level]);
            }
        }

        Assert.Equal(15, nodes.Count); // 2n - popcount(n)
        foreach (JsonProperty level in WorkedTrees.Root.GetProperty("nodes").EnumerateObject())
        {
            Digest[] expected = WorkedTrees.Hashes(level.Value);
            for (int index = 0; index < expected.Length; index++)
            {
                Assert.Equal(expected[index], nodes[new TreeNode(int.Parse(level.Name, System.Globalization.CultureInfo.InvariantCulture), (ulong)index)]);
            }
        }
    }

    [Fact]
    public void Proofs_are_the_worked_values()
    {
        MerkleTree tree = Grow(WorkedTrees.LeafData.Select(data => TreeHash.OfLeaf(data)));
        foreach (JsonElement proof in WorkedTrees.Root.GetProperty("inclusion").EnumerateArray())
        {
            Digest[] hashes = tree.ProveInclusion(proof.GetProperty("index").GetUInt64(), proof.GetProperty("size").GetUInt64());
            Assert.Equal(WorkedTrees.Hashes(proof, "proof_hex"), hashes);
        }

        foreach (JsonElement proof in WorkedTrees.Root.GetProperty("consistency").EnumerateArray())
        {
            Digest[] hashes = tree.ProveConsistency(proof.GetProperty("old").GetUInt64(), proof.GetProperty("new").GetUInt64());
            Assert.Equal(WorkedTrees.Hashes(proof, "proof_hex"), hashes);
        }
    }

    [Fact]
    public void A_tree_of_600_leaves_has_the_worked_root_and_proofs()
    {
        JsonElement expected = WorkedTrees.Root.GetProperty("tree600");
        MerkleTree tree = Grow(Enumerable.Range(0, 600).Select(Leaf));
        Assert.Equal(WorkedTrees.Hash(expected, "root"), tree.Root());
        Assert.Equal(WorkedTrees.Hashes(expected, "path_300"), tree.ProveInclusion(300, 600));
        Assert.Equal(WorkedTrees.Hashes(expected, "cons_300_600"), tree.ProveConsistency(300, 600));
    }

    [Fact]
    public void Every_size_up_to_130_has_the_roots_and_proofs_of_the_recursive_definition()
    {
        Digest[] leaves = [.. Enumerable.Range(0, 130).Select(Leaf)];
        MerkleTree tree = Grow(leaves);
        for (int size = 0; size <= leaves.Length; size++)
        {
            Digest[] part = leaves[..size];
            Assert.Equal(ReferenceTree.Root(part), tree.Root((ulong)size));
            for (int m = 0; m < size; m++)
            {
                Assert.Equal(ReferenceTree.Path(m, part), tree.ProveInclusion((ulong)m, (ulong)size));
                Assert.Equal(ReferenceTree.Proof(m + 1, part), tree.ProveConsistency((ulong)m + 1, (ulong)size));
            }
        }
    }

    [Fact]
    public void A_frontier_that_was_kept_goes_on_as_if_it_had_never_been_put_away()
    {
        Frontier grown = new();
        for (int i = 0; i < 300; i++)
        {
            Frontier kept = new(grown.Size, grown.ToArray());
            kept.Append(Leaf(i));
            grown.Append(Leaf(i));
            Assert.Equal(grown.Root(), kept.Root());
        }

        Assert.Throws<ArgumentException>(() => new Frontier(3, new Digest[3]));
    }

    internal static Digest Leaf(int index)
    {
        byte[] data = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(data, index);
        return TreeHash.OfLeaf(data);
    }

    internal static MerkleTree Grow(IEnumerable<Digest> leaves)
    {
        MerkleTree tree = new();
        foreach (Digest leaf in leaves)
        {
            tree.Append(leaf);
        }

        return tree;
    }
}

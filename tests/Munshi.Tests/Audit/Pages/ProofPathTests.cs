using System.Text;
using Munshi.Audit.Pages;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Tests.Audit.Pages;

public sealed class ProofPathTests
{
    private const int Largest = 40;

    [Fact]
    public void The_way_of_every_entry_of_every_tree_leads_to_its_root_and_each_step_covers_what_it_says()
    {
        for (int size = 1; size <= Largest; size++)
        {
            for (int index = 0; index < size; index++)
            {
                ProofPath path = ProofPath.Of(Proof(index, size), Leaf(index));

                Assert.True(path.Holds);
                Assert.All(path.Steps, step =>
                {
                    Assert.Equal(RootOf(step.First, step.Last), step.Result);
                    Assert.Equal(RootOf(step.SiblingFirst, step.SiblingLast), step.Sibling);
                    Assert.Equal(step.SiblingIsLeft, step.SiblingLast < (ulong)index);
                });
                Assert.Equal((0UL, (ulong)size - 1), path.Steps is [.., { } last] ? (last.First, last.Last) : (0UL, 0UL));
            }
        }
    }

    [Fact]
    public void A_changed_leaf_leads_elsewhere() => Assert.False(ProofPath.Of(Proof(3, 7), "changed"u8).Holds);

    private static TlogProof Proof(int index, int size)
    {
        MerkleTree tree = Tree(0, (ulong)size - 1);
        using NoteSigner signer = new("shop.example/ledger", NoteKeyType.Ed25519, new byte[Ed25519.SeedLength]);
        Digest[] hashes = ProofPlan.Inclusion((ulong)index, (ulong)size).Assemble(node => RootOf(node.Index << node.Level, ((node.Index + 1) << node.Level) - 1));
        return new TlogProof(index, hashes, signer.SignNote(new Checkpoint("shop.example/ledger", size, tree.Root()).Encode()), Leaf(index));
    }

    private static Digest RootOf(ulong first, ulong last) => Tree(first, last).Root();

    private static MerkleTree Tree(ulong first, ulong last)
    {
        MerkleTree tree = new();
        for (ulong i = first; i <= last; i++)
        {
            tree.Append(TreeHash.OfLeaf(Leaf((int)i)));
        }

        return tree;
    }

    private static byte[] Leaf(int index) => Encoding.ASCII.GetBytes($"leaf {index}");
}

using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Pages;

/// <summary>A proof as a way through the tree, each hash computed anew.</summary>
/// <param name="Index">The entry's number.</param>
/// <param name="Size">The tree's number of entries.</param>
/// <param name="Leaf">The entry's hash.</param>
/// <param name="Steps">From the entry up.</param>
/// <param name="Root">What the checkpoint says the way ends at.</param>
public sealed record ProofPath(ulong Index, ulong Size, Digest Leaf, IReadOnlyList<ProofStep> Steps, Digest Root)
{
    /// <summary>Whether the way ends at the root.</summary>
    public bool Holds => (Steps.Count == 0 ? Leaf : Steps[^1].Result) == Root;

    public static ProofPath Of(TlogProof proof, ReadOnlySpan<byte> leaf)
    {
        (ulong index, ulong size) = ((ulong)proof.Index, (ulong)proof.Checkpoint.Size);
        IReadOnlyList<IReadOnlyList<TreeNode>> parts = ProofPlan.Inclusion(index, size).Parts;
        Digest hash = TreeHash.OfLeaf(leaf);
        (ulong first, ulong last) = (index, index);
        List<ProofStep> steps = [];
        for (int i = 0; i < parts.Count; i++)
        {
            TreeNode lowest = parts[i][0];
            TreeNode highest = parts[i][^1];
            (ulong from, ulong to) = (lowest.Index << lowest.Level, ((highest.Index + 1) << highest.Level) - 1);
            Digest sibling = proof.Hashes[i];
            bool isLeft = to < first;
            hash = isLeft ? TreeHash.OfNode(sibling, hash) : TreeHash.OfNode(hash, sibling);
            (first, last) = isLeft ? (from, last) : (first, to);
            steps.Add(new ProofStep(isLeft, sibling, from, to, hash, first, last));
        }

        return new ProofPath(index, size, TreeHash.OfLeaf(leaf), steps, proof.Checkpoint.Root);
    }
}

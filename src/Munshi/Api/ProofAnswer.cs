using System.Text;
using Munshi.Audit.Proving;
using Munshi.Ledger.Merkle;

namespace Munshi.Api;

/// <summary>That an entry stands in the workspace's log as it was signed. Hashes are in base64.</summary>
/// <param name="Index">The entry's number.</param>
/// <param name="TreeSize">The number of entries that the checkpoint covers.</param>
/// <param name="LeafHash">SHA-256 over a zero byte and the leaf's bytes.</param>
/// <param name="Hashes">From the leaf's sibling to the root's child: RFC 9162, section 2.1.3.1.</param>
/// <param name="Checkpoint">Of the workspace's log, a C2SP signed note: its third line is the root.</param>
/// <param name="Leaf">As stored: ASCII lines, each ended by a line feed.</param>
/// <param name="Head">That the instance log committed to that checkpoint; null while no checkpoint of it covers that.</param>
internal sealed record ProofAnswer(long Index, long TreeSize, string LeafHash, IReadOnlyList<string> Hashes, string Checkpoint, string Leaf, HeadAnswer? Head)
{
    public static ProofAnswer Of(LedgerProof proof) => new(
        proof.OfRow.Index,
        proof.OfRow.Checkpoint.Size,
        TreeHash.OfLeaf(proof.Leaf).ToBase64(),
        [.. proof.OfRow.Hashes.Select(hash => hash.ToBase64())],
        proof.OfRow.Note.ToString(),
        Encoding.UTF8.GetString(proof.Leaf),
        proof.OfHead is { } head ? HeadAnswer.Of(head) : null);
}

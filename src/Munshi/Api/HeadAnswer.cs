using System.Text;
using Munshi.Audit.Proving;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Notes;

namespace Munshi.Api;

/// <summary>That a tick stands in the instance log, and that it committed to the workspace's head. Hashes are in base64.</summary>
/// <param name="Index">The tick's number.</param>
/// <param name="TreeSize">The number of ticks that the checkpoint covers.</param>
/// <param name="LeafHash">SHA-256 over a zero byte and the leaf's bytes.</param>
/// <param name="Hashes">From the leaf's sibling to the root's child.</param>
/// <param name="Checkpoint">Of the instance log, a C2SP signed note.</param>
/// <param name="Leaf">The tick's: ASCII lines, each ended by a line feed.</param>
/// <param name="Opening">What turns the tick into a statement on the workspace's log.</param>
internal sealed record HeadAnswer(
    long Index, long TreeSize, string LeafHash, IReadOnlyList<string> Hashes, string Checkpoint, string Leaf, OpeningAnswer Opening)
{
    public static HeadAnswer Of(TlogProof head)
    {
        HeadOpening opening = HeadOpening.Decode(head.Extra.Span);
        return new HeadAnswer(
            head.Index,
            head.Checkpoint.Size,
            TreeHash.OfLeaf(Encoding.ASCII.GetBytes(opening.Leaf)).ToBase64(),
            [.. head.Hashes.Select(hash => hash.ToBase64())],
            head.Note.ToString(),
            opening.Leaf,
            OpeningAnswer.Of(opening));
    }
}

using Munshi.Ledger.Notes;

namespace Munshi.Audit.Proving;

/// <summary>That one row stands in a workspace's log as it was signed, and that the instance log committed to that log.</summary>
/// <param name="Seq">The row's number.</param>
/// <param name="Leaf">The row's leaf: what the proof's leaf hash is of.</param>
/// <param name="OfRow">The row in the workspace's log; its checkpoint is the log's.</param>
/// <param name="OfHead">The tick in the instance log; null while no checkpoint of it covers the tick. Its extra bytes are the tick's leaf and the opening of the head.</param>
internal sealed record LedgerProof(long Seq, byte[] Leaf, TlogProof OfRow, TlogProof? OfHead);

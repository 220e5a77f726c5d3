using Munshi.Ledger;

namespace Munshi.Audit.Proving;

/// <summary>An entry, and that it stands in its log as it was signed.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="Leaf">As it stands.</param>
/// <param name="Path">From the leaf's sibling to the root's child.</param>
internal sealed record SignedEntry(long Seq, byte[] Leaf, IReadOnlyList<Digest> Path);

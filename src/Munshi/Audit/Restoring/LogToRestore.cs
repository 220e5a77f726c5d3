using Munshi.Ledger;

namespace Munshi.Audit.Restoring;

/// <summary>A workspace's log as far as it is to be put back.</summary>
/// <param name="Log">The workspace.</param>
/// <param name="First">The first row that is missing.</param>
/// <param name="Leaves">Its leaf and those after it; they continue the log.</param>
/// <param name="Covered">Rows below this number are covered by the checkpoint that was signed last.</param>
internal sealed record LogToRestore(Guid Log, long First, IReadOnlyList<(byte[] Leaf, Digest Hash)> Leaves, long Covered);

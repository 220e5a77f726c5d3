using Munshi.Audit.Checkpoints;
using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>The tree above up to <see cref="TreeCheck.GroupRows"/> rows of a range.</summary>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Top">The node above them; only where the group is whole.</param>
/// <param name="Checkpoints">The checkpoints signed within it, each with the complete subtrees that it has in the group, the largest first.</param>
internal sealed record TreeGroup(int Rows, Digest? Top, IReadOnlyList<(StoredCheckpoint Checkpoint, Digest[] Subtrees)> Checkpoints);

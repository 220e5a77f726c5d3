namespace Munshi.Audit.Verifying;

/// <summary>The tree above a range's rows, as far as it can be told without the rows before.</summary>
/// <param name="First">How many rows there must be before the range for this to hold.</param>
/// <param name="Groups">Every <see cref="TreeCheck.GroupRows"/> rows, and those left over.</param>
/// <param name="Differences">Blocks that are not those of the rows.</param>
internal sealed record TreeRange(long First, IReadOnlyList<TreeGroup> Groups, IReadOnlyList<(long Seq, string Expected, string Found)> Differences);

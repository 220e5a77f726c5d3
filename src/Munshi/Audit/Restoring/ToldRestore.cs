namespace Munshi.Audit.Restoring;

/// <summary>A restore of which a leaf tells.</summary>
/// <param name="Range">The rows.</param>
/// <param name="Uncovered">How many of them, the last ones, no signature covers: only their place and their link to the row before speak for them.</param>
/// <param name="IsWorkspaceLost">Whether the backup does not know the workspace.</param>
internal sealed record ToldRestore(RestoredRange Range, long Uncovered, bool IsWorkspaceLost);

namespace Munshi.Verifier;

/// <summary>What is told of a workspace's archive beside its ledger.</summary>
/// <param name="At">When it was asked for, as sealed.</param>
/// <param name="Files">The files that its manifest names, all of them found as they were written where nothing else is told.</param>
/// <param name="Messages">The messages in its data.</param>
/// <param name="Proved">How many of them are what their records in the ledger say.</param>
/// <param name="Wordless">How many have no words there, because they were deleted or erased or do not open.</param>
internal sealed record ArchiveFacts(DateTimeOffset At, long Files, long Messages, long Proved, long Wordless);

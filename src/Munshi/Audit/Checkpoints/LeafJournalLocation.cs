namespace Munshi.Audit.Checkpoints;

/// <param name="Directory">Holds the leaves' segments: the data directory's <c>checkpoints/leaves</c>, or where the installation is told to keep them.</param>
internal sealed record LeafJournalLocation(string Directory);

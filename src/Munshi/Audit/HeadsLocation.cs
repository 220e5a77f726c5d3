namespace Munshi.Audit;

/// <param name="Directory">Holds <c>heads.log</c>: the data directory's <c>checkpoints</c>.</param>
internal sealed record HeadsLocation(string Directory);

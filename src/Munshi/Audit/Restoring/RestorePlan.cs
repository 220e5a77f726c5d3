using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>All that a restore puts back, checked before the first of it is stored.</summary>
/// <param name="Logs">The workspaces' rows.</param>
/// <param name="Ticks">What stores the instance log's ticks and the checkpoint that was signed last.</param>
internal sealed record RestorePlan(IReadOnlyList<LogToRestore> Logs, IReadOnlyList<Statement> Ticks);

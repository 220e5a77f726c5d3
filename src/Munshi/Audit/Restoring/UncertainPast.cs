using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>The time before which what waits to be done may have been done already: the database was put back from a backup then.</summary>
internal static class UncertainPast
{
    private const string Insert = "INSERT INTO work.restoration (client_id, at) VALUES ($1, $2)";
    private const string ReadEnd = "SELECT max(at) FROM work.restoration WHERE client_id = $1";

    /// <summary>Makes all that waits now uncertain, in every workspace. Durable once the task completes.</summary>
    /// <param name="databases">Workspaces are listed by <c>munshi_reader</c>.</param>
    /// <param name="now">Whole microseconds.</param>
    /// <param name="cancellationToken">Honoured between workspaces.</param>
    public static async Task DeclareAsync(Databases databases, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (Guid workspace in await KnownWorkspaces.ReadAsync(databases, cancellationToken))
        {
            await databases.App.ExecuteAsync(workspace, [new Statement(Insert).Uuid(workspace).Time(now)], cancellationToken);
        }
    }

    /// <summary>Whether what began at a time is uncertain.</summary>
    public static async Task<bool> HoldsAsync(WorkspaceTransaction transaction, DateTimeOffset began) =>
        await transaction.RowAsync(new Statement(ReadEnd).Uuid(transaction.ClientId), reader => reader.ValueOrNull<DateTimeOffset>(0)) is { } end && began <= end;
}

using Munshi.Database;

namespace Munshi.Audit.Restoring;

/// <summary>The time before which what waits to be done may have been done already: the database was put back from a backup then.</summary>
internal static class UncertainPast
{
    private const string Insert = "INSERT INTO audit.restoration (at) VALUES ($1)";
    private const string ReadEnd = "SELECT max(at) FROM audit.restoration";

    /// <summary>Makes all that waits now uncertain, in every workspace. Durable once the task completes.</summary>
    /// <param name="audit">Of <c>munshi_audit</c>.</param>
    /// <param name="now">Whole microseconds.</param>
    /// <param name="cancellationToken">Honoured until the statement is sent.</param>
    public static Task DeclareAsync(InstallationDatabase audit, DateTimeOffset now, CancellationToken cancellationToken) =>
        audit.ExecuteAsync([new Statement(Insert).Time(now)], cancellationToken);

    /// <summary>Whether what began at a time is uncertain.</summary>
    public static async Task<bool> HoldsAsync(WorkspaceTransaction transaction, DateTimeOffset began) =>
        await transaction.RowAsync(new Statement(ReadEnd), reader => reader.ValueOrNull<DateTimeOffset>(0)) is { } end && began <= end;
}

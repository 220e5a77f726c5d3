using Munshi.Database;

namespace Munshi.Intake.Deliveries;

/// <summary>What failed and how it is being done again, in numbers.</summary>
internal sealed class Failures(WorkspaceDatabase database)
{
    /// <summary>Counted exactly up to here.</summary>
    public const int MostCounted = 10_000;

    private const int MostProblems = 10;
    private const int MostReplays = 5;

    private static readonly string CountFailed = Sql.Read("Intake/Deliveries/count_failed.sql");
    private static readonly string NewestProblems = Sql.Read("Intake/Deliveries/newest_problems.sql");
    private static readonly string NewestReplays = Sql.Read("Intake/Deliveries/newest_replays.sql");

    /// <summary>Those that failed, alike ones together; the newest <see cref="MostCounted"/>.</summary>
    public Task<IReadOnlyList<FailedGroup>> CountAsync(Guid clientId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement(CountFailed).Uuid(clientId).Int(MostCounted),
        reader => new FailedGroup(reader.GetString(0), reader.GetString(1), reader.GetInt32(2)),
        cancellationToken);

    /// <summary>Deliveries signed by the workspace's own app of which something could not be used; the newest.</summary>
    public Task<IReadOnlyList<DeliveryProblem>> ProblemsAsync(Guid clientId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement(NewestProblems).Uuid(clientId).Int(MostProblems),
        reader => new DeliveryProblem(
            reader.GetString(0), reader.GetInt32(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(4)),
        cancellationToken);

    /// <summary>The newest replays of all that failed alike.</summary>
    public Task<IReadOnlyList<ReplayProgress>> ReplaysAsync(Guid clientId, CancellationToken cancellationToken) => database.RowsAsync(
        clientId,
        new Statement(NewestReplays).Uuid(clientId).Int(MostReplays),
        reader => new ReplayProgress(
            reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), (int)Math.Min(reader.GetInt64(3), int.MaxValue),
            (int)Math.Min(reader.GetInt64(4), int.MaxValue), reader.ValueOrNull<DateTimeOffset>(5), reader.GetBoolean(6)),
        cancellationToken);
}

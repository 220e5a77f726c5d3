using Munshi.Audit.Checkpoints;
using Munshi.Audit.TimeStamping;
using Munshi.Audit.Verifying;
using Munshi.Database;

namespace Munshi.Audit;

/// <summary>
/// Reads the whole ledger as <c>munshi_reader</c> and names what is not as it was written: chains, leaves against events and
/// records, both ways, nodes and checkpoints, and what was recorded and signed outside the database.
/// </summary>
/// <remarks>
/// Runs beside a working server, on all cores: logs beside each other, and the ranges of a log; on one where it was started with <c>nice</c>. Memory: for each log at a time the births of its
/// records and a bit an event; for each core a range.
/// </remarks>
internal sealed class LedgerVerifier(
    Databases databases, HeadsFile headsFile, InstanceCheckpointFile checkpointFile, DataDirectory data, IEnumerable<IEvidenceSource> sources, TimeProvider clock)
{
    /// <summary>How long an event may wait for its entry, and a log for its first recorded head, before it is an alarm.</summary>
    public static readonly TimeSpan LagAllowance = TimeSpan.FromSeconds(60);

    /// <summary>A running sequencer chains what is visible well within this time.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(2);

    /// <summary>Connections that copy rows out, at most.</summary>
    private const int MostSessions = 16;

    /// <summary>Logs at a time: each holds a connection of the pool while it reads records.</summary>
    private const int MostLogs = 3;

    private const string ReadUnfinished = "SELECT client_id, begun_at FROM workspace.archive_import WHERE completed_at IS NULL";

    private static readonly string ReadLogs = Sql.Read("Audit/verify_logs.sql");

    /// <param name="only">One workspace, or null for all.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<LedgerReport> VerifyAsync(Guid? only, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        InstallationDatabase database = databases.Reader;
        DateTimeOffset now = clock.GetUtcNow();
        HeadsCheck heads = new(database, headsFile); // before the logs: what it names was committed by then
        await heads.RunAsync(only, cancellationToken);
        InstanceCheck instance = new(database, checkpointFile, LedgerIdentity.KeyIn(data.Secrets));
        await instance.RunAsync(cancellationToken);
        await new TimeStampCheck(database, instance.Findings).RunAsync(cancellationToken);
        LogVerification[] verifications = await VerifyLogsAsync(await LogsAsync(only, heads.Logs, cancellationToken), heads, instance, now, cancellationToken);
        Dictionary<Guid, DateTimeOffset?> unfinished = (await database.RowsAsync(
            new Statement(ReadUnfinished), reader => (Log: reader.GetGuid(0), Begun: reader.ValueOrNull<DateTimeOffset>(1)), cancellationToken)).ToDictionary(one => one.Log, one => one.Begun);
        await ConfirmOverdueAsync([.. verifications.Where(verification => verification.HasOverdue)], cancellationToken);
        return new LedgerReport(
            [.. verifications.Select(verification => verification.Report()).Select(report => report with { ArchiveBegun = unfinished.GetValueOrDefault(report.Log) })],
            heads.OfFile.InOrder(),
            instance.Findings.InOrder(),
            clock.GetElapsedTime(start));
    }

    private async Task<LogVerification[]> VerifyLogsAsync(
        IEnumerable<Guid> logs, HeadsCheck heads, InstanceCheck instance, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using RangeSessions sessions = new(databases.Reader, BackendPriority.IsLowered ? 1 : Math.Min(Environment.ProcessorCount, MostSessions));
        (Guid Log, LogVerification Verification)[] verifications =
            [.. logs.Select(log => (log, new LogVerification(databases.Reader, sessions, log, heads.Of(log), sources, instance, now)))];
        ParallelOptions beside = new() { MaxDegreeOfParallelism = Math.Min(sessions.Count, MostLogs), CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            verifications, beside, async (one, cancellation) => await one.Verification.RunAsync(heads.Logs.Contains(one.Log), cancellation));
        return [.. verifications.Select(one => one.Verification)];
    }

    private async Task ConfirmOverdueAsync(LogVerification[] overdue, CancellationToken cancellationToken)
    {
        if (overdue.Length == 0)
        {
            return;
        }

        await Task.Delay(SecondLook, clock, cancellationToken);
        foreach (LogVerification verification in overdue)
        {
            await verification.ConfirmOverdueAsync(cancellationToken);
        }
    }

    private async Task<IEnumerable<Guid>> LogsAsync(Guid? only, IReadOnlySet<Guid> recorded, CancellationToken cancellationToken)
    {
        if (only is { } one)
        {
            return [one];
        }

        IReadOnlyList<Guid> known = await databases.Reader.RowsAsync(
            new Statement(ReadLogs), reader => reader.GetGuid(0), cancellationToken);
        return known.Union(recorded).Order();
    }
}

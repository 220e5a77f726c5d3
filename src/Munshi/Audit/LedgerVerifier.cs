using Munshi.Database;

namespace Munshi.Audit;

/// <summary>
/// Reads the whole ledger as <c>munshi_reader</c> and names what is not as it was written: chains, leaves against events and
/// records, both ways, and the heads recorded outside the database.
/// </summary>
/// <remarks>Runs beside a working server. Memory: the births of one workspace at a time, for each evidence source.</remarks>
internal sealed class LedgerVerifier(
    Databases databases, HeadsFile headsFile, IEnumerable<IEvidenceSource> sources, TimeProvider clock)
{
    /// <summary>How long an event may wait for its entry, and a log for its first recorded head, before it is an alarm.</summary>
    public static readonly TimeSpan LagAllowance = TimeSpan.FromSeconds(60);

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
        List<LogReport> reports = [];
        foreach (Guid log in await LogsAsync(only, heads.Logs, cancellationToken))
        {
            LogVerification verification = new(database, log, heads.Of(log), sources, now);
            reports.Add(await verification.RunAsync(heads.Logs.Contains(log), cancellationToken));
        }

        return new LedgerReport(reports, heads.OfFile.InOrder(), clock.GetElapsedTime(start));
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

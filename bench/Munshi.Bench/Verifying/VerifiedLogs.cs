using System.Globalization;
using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Bench.Sequencing;
using Munshi.CommandLine;
using Munshi.Database;

namespace Munshi.Bench.Verifying;

/// <summary>Fills logs and measures them.</summary>
internal sealed class VerifiedLogs(RunningMunshi munshi, Installation installation, string directory, int rounds)
{
    private readonly CpuTime _cpu = new(munshi.PostmasterId);
    private readonly EventWriter _writer = new(munshi);
    private bool _isWarm;

    /// <summary>Brings the first workspace's log to a size, the last of it as backlogs that are measured, and measures it.</summary>
    public async Task<VerifiedLog> GrowAsync(int size, int backlog, int atOnce, CancellationToken cancellationToken)
    {
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);
        int missing = size - (int)await ledgers.SignedAsync(cancellationToken);
        await _writer.FillAsync(munshi.ClientId, Math.Max(0, missing - (rounds * backlog)), atOnce, cancellationToken);
        DrainWatch watch = new(munshi);
        List<double> drain = [];
        for (int round = 0; round < rounds; round++)
        {
            await ledgers.SignedAsync(cancellationToken);
            drain.Add(await watch.RunAsync(backlog, () => _writer.FillAsync(munshi.ClientId, backlog, atOnce, cancellationToken), cancellationToken));
        }

        return await MeasureAsync(munshi.ClientId, records: 0, drain, cancellationToken);
    }

    /// <summary>Waits until the log is signed, exports it and measures.</summary>
    /// <param name="log">The workspace.</param>
    /// <param name="records">How many messages it has at least; 0 where the log tells of acts without records.</param>
    /// <param name="drain">What was measured while it was filled.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public async Task<VerifiedLog> MeasureAsync(Guid log, int records, IReadOnlyList<double> drain, CancellationToken cancellationToken)
    {
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, log, cancellationToken);
        long size = await ledgers.SignedAsync(cancellationToken);
        await AnalyzeAsync(cancellationToken);
        string target = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"export-{log}-{size}"));
        long began = TimeProvider.System.GetTimestamp();
        VerifiedLog measured = new(size, records > 0, drain, await ExportedLog.MakeAsync(installation.Get<LedgerExport>(), log, target, cancellationToken));
        Console.Error.WriteLine($"{size} entries exported in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        InstallationDatabase reader = installation.Get<Databases>().Reader;
        LedgerVerifier verifier = installation.Get<LedgerVerifier>();
        await WarmUpAsync(measured, reader, verifier, log, cancellationToken);
        for (int round = 0; round < rounds; round++)
        {
            measured.Copy.Add(await Spent.OnAsync(_cpu, () => PlainCopy.RunAsync(reader, log, records > 0, cancellationToken)));
            measured.Verify.Add(await Spent.OnAsync(_cpu, () => VerifyAsync(verifier, log, size, cancellationToken)));
            measured.Hash.Add(await measured.Export.HashAsync());
            measured.VerifyExport.Add(await measured.Export.VerifyAsync(size, records));
            Console.Error.WriteLine(
                $"{size} entries, round {round + 1}: COPY {measured.Copy[^1]}, verify {measured.Verify[^1]}, SHA-256 {measured.Hash[^1]}, munshi-verify {measured.VerifyExport[^1]}");
        }

        return measured;
    }

    /// <summary>Once: the later logs find all code compiled.</summary>
    private async Task WarmUpAsync(VerifiedLog measured, InstallationDatabase reader, LedgerVerifier verifier, Guid log, CancellationToken cancellationToken)
    {
        if (_isWarm)
        {
            return;
        }

        await PlainCopy.RunAsync(reader, log, withRecords: true, cancellationToken);
        await VerifyAsync(verifier, log, measured.Entries, cancellationToken);
        await measured.Export.HashAsync();
        await measured.Export.VerifyAsync(measured.Entries, records: 0);
        _isWarm = true;
    }

    private static async Task VerifyAsync(LedgerVerifier verifier, Guid log, long size, CancellationToken cancellationToken)
    {
        LedgerReport report = await verifier.VerifyAsync(log, cancellationToken);
        if (!report.IsOk || report.Entries < size)
        {
            throw new InvalidOperationException($"Verification found {report.Findings.FirstOrDefault()}, in {report.Entries} entries.");
        }
    }

    /// <summary>What autovacuum would do beside the measurement otherwise.</summary>
    private async Task AnalyzeAsync(CancellationToken cancellationToken)
    {
        await using Npgsql.NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using Npgsql.NpgsqlCommand analyze = new("VACUUM ANALYZE ledger.entry, ledger.node, audit.event, vault.message, vault.observation", admin);
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }
}

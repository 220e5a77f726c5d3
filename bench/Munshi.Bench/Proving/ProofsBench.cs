using System.Globalization;
using Npgsql;

namespace Munshi.Bench.Proving;

/// <summary>Proofs from stored nodes, of logs up to ten million entries.</summary>
internal static class ProofsBench
{
    private static readonly int[] Sizes = [100_000, 1_000_000, 10_000_000];
    private static readonly int[] SmokeSizes = [1_000, 10_000, 100_000];

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        int count = options.Pick(2_000, 200);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        await munshi.StopServingAsync();
        List<CopiedLog> copied = [];
        foreach (int size in options.Pick(Sizes, SmokeSizes))
        {
            long began = TimeProvider.System.GetTimestamp();
            copied.Add(await CopiedLog.MakeAsync(munshi, size, cancellationToken));
            Console.Error.WriteLine($"{size} entries copied in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s");
        }

        await SignAsync(munshi, copied, cancellationToken);
        await SettleAsync(munshi, cancellationToken);
        List<ProvenLog> logs = [.. copied.Select(log => new ProvenLog(log, munshi.Databases))];
        foreach (ProvenLog log in logs)
        {
            await log.CheckAsync(cancellationToken);
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach (ProvenLog log in round % 2 == 0 ? logs : logs.AsEnumerable().Reverse())
            {
                await log.MeasureAsync(count, cancellationToken);
            }
        }

        return new Report(
            "Proofs",
            [
                $"{count.ToString("#,0", CultureInfo.InvariantCulture)} proofs of each kind a round, one after the other, of entries by chance; {rounds} rounds, every other one from the largest log to the smallest. The cluster runs, the server does not.",
                "Inclusion and consistency: which stored nodes are needed, reading them as munshi_reader, and the proof. Whole: the class behind the `.tlog-proof` files, ProofReader: leaf, checkpoint, inclusion in the workspace's log, and the inclusion of its head in the instance log.",
                "Entries and nodes are made by the program's leaf and tree classes and copied in; the newest entry of each log is followed and signed by the built server, which is stopped then. Some proofs of each log are checked against the signed root before.",
                "Rows read: stored blocks of nodes and leaf hashes, each by its key, in at most two round trips.",
            ],
            [.. logs.SelectMany(log => log.Measures()), .. logs[^1].GrowthFrom(logs[0])]);
    }

    /// <summary>What autovacuum and the checkpointer would do beside the measurement otherwise.</summary>
    private static async Task SettleAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand vacuum = new("VACUUM ANALYZE ledger.entry, ledger.node", admin);
        await vacuum.ExecuteNonQueryAsync(cancellationToken);
        await using NpgsqlCommand checkpoint = new("CHECKPOINT", admin);
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task SignAsync(RunningMunshi munshi, IEnumerable<CopiedLog> logs, CancellationToken cancellationToken)
    {
        await munshi.ServeAsync(cancellationToken);
        foreach (CopiedLog log in logs)
        {
            await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, log.Id, cancellationToken);
            await ledgers.SignedAsync(cancellationToken);
        }

        await munshi.StopServingAsync();
    }
}

using System.Diagnostics;

namespace Munshi.Bench.Sequencing;

/// <summary>How fast the server's sequencer drains a backlog, against a trigger that chains row by row; and how long an event waits.</summary>
internal static class SequencerBench
{
    private const double EventsPerSecond = 1000;

    private static readonly TimeSpan HeldOpen = TimeSpan.FromSeconds(3);

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        int backlog = options.Pick(200_000, 10_000);
        int seconds = options.Pick(6, 1);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        PlainInserts pgbench = await PlainInserts.CreateAsync(munshi, options.Directory, Path.Combine(Programs.Repository, "bench/sequencer/chain.sql"), cancellationToken);
        EventWriter writer = new(munshi);
        await writer.AtRateAsync(EventsPerSecond, TimeSpan.FromSeconds(2), cancellationToken); // warm up

        List<double> chain = [], drain = [], p50 = [], p99 = [], stalled = [];
        for (int round = 0; round < rounds; round++)
        {
            chain.Add(await pgbench.RunAsync(TriggerChain.Insert, "prepared", TriggerChain.Writers, seconds, cancellationToken));
            drain.Add(await DrainAsync(munshi, writer, backlog, cancellationToken));
            (double half, double most) = await LagAsync(munshi, writer, TimeSpan.FromSeconds(seconds), cancellationToken);
            p50.Add(half);
            p99.Add(most);
            stalled.Add(await StalledLagAsync(munshi, writer, cancellationToken));
            Console.Error.WriteLine($"round {round + 1}: chain {chain[^1]:F0}/s, drain {drain[^1]:F0}/s, lag p99 {most:F0} ms, stalled {stalled[^1]:F0} ms");
        }

        Measure chained = new($"trigger chain, {TriggerChain.Writers} writers", "rows/s", chain);
        Measure drained = new("sequencer draining a backlog", "events/s", drain);
        return new Report(
            "The sequencer",
            [
                $"The built server runs throughout; {rounds} alternating rounds. Backlog: {backlog} events of one workspace, written while another session held the sequencer's lock; the rate is from the first entry seen to the last.",
                $"Trigger chain: `pgbench`, {TriggerChain.Writers} clients, prepared, one row a transaction, same cluster (`chain.sql`), {seconds} s.",
                $"Lag: from the writing of an event to its entry seen committed (looked at every 2 ms), at {EventsPerSecond}/s, one event a transaction, for {seconds} s.",
                $"While another transaction stays open: it has written an event and commits after {HeldOpen.TotalSeconds} s; the lags of what others wrote meanwhile.",
            ],
            [
                chained, drained, drained.Over(chained, "drain over chain", 30),
                new Measure("lag, p50", "ms", p50),
                new Measure("lag, p99", "ms", p99, Below: 50),
                new Measure($"lag, p99, another transaction open for {HeldOpen.TotalSeconds} s", "ms", stalled, Below: 250),
            ]);
    }

    private static async Task<double> DrainAsync(RunningMunshi munshi, EventWriter writer, int backlog, CancellationToken cancellationToken)
    {
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);
        await ledgers.CatchUpAsync(cancellationToken);
        long before = await ledgers.LastAsync(cancellationToken);
        await using (await SequencerPause.BeginAsync(munshi, cancellationToken))
        {
            await writer.FillAsync(backlog, cancellationToken);
        }

        long target = await ledgers.TargetAsync(cancellationToken);
        (long Last, long At) first = (before, 0);
        while (first.Last == before)
        {
            await Task.Delay(5, cancellationToken);
            first = (await ledgers.LastAsync(cancellationToken), Stopwatch.GetTimestamp());
        }

        while (await ledgers.LastAsync(cancellationToken) < target)
        {
            await Task.Delay(5, cancellationToken);
        }

        return (target - first.Last) / Stopwatch.GetElapsedTime(first.At).TotalSeconds;
    }

    private static async Task<(double P50, double P99)> LagAsync(RunningMunshi munshi, EventWriter writer, TimeSpan time, CancellationToken cancellationToken)
    {
        double[] lags = await WatchAsync(
            munshi,
            async () =>
            {
                DateTimeOffset from = TimeProvider.System.GetUtcNow();
                await writer.AtRateAsync(EventsPerSecond, time, cancellationToken);
                return (from, TimeProvider.System.GetUtcNow());
            },
            cancellationToken);
        return (Samples.Percentile(lags, 0.5), Samples.Percentile(lags, 0.99));
    }

    private static async Task<double> StalledLagAsync(RunningMunshi munshi, EventWriter writer, CancellationToken cancellationToken) =>
        Samples.Percentile(
            await WatchAsync(
                munshi,
                async () =>
                {
                    Task writing = writer.AtRateAsync(EventsPerSecond, HeldOpen + TimeSpan.FromSeconds(2), cancellationToken);
                    await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
                    (DateTimeOffset From, DateTimeOffset To) open = await writer.HoldOpenAsync(HeldOpen, cancellationToken);
                    await writing;
                    return open;
                },
                cancellationToken),
            0.99);

    private static async Task<double[]> WatchAsync(
        RunningMunshi munshi, Func<Task<(DateTimeOffset From, DateTimeOffset To)>> write, CancellationToken cancellationToken)
    {
        LagWatch watch = new(munshi);
        using CancellationTokenSource stop = new();
        Task watching = watch.WatchAsync(stop.Token, cancellationToken);
        (DateTimeOffset from, DateTimeOffset to) = await write();
        await stop.CancelAsync();
        await watching;
        return await watch.LagsAsync(from, to, cancellationToken);
    }
}

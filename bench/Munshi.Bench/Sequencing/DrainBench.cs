using Munshi.Audit;
using Munshi.CommandLine;
using Munshi.Keyring;
using Munshi.Workspaces;

namespace Munshi.Bench.Sequencing;

/// <summary>How fast the server's sequencer drains a backlog of one log, and one spread over many, against a trigger that chains row by row.</summary>
internal static class DrainBench
{
    private const int EventsAtOnce = 20;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        int backlog = options.Pick(200_000, 10_000);
        int logs = options.Pick(1_000, 20);
        int seconds = options.Pick(6, 1);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        PlainInserts pgbench = await PlainInserts.CreateAsync(munshi, options.Directory, Path.Combine(Programs.Repository, "bench/sequencer/chain.sql"), cancellationToken);
        Guid[] workspaces = await WorkspacesAsync(munshi, logs, cancellationToken);
        EventWriter writer = new(munshi);
        DrainWatch watch = new(munshi);

        Task<double> DrainAsync(Guid[] workspaces) => watch.RunAsync(
            backlog,
            () => Parallel.ForAsync(
                0, backlog / EventsAtOnce, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
                async (batch, token) => await writer.WriteAsync(workspaces[batch % workspaces.Length], EventsAtOnce, token)),
            cancellationToken);

        List<double> chain = [], one = [], many = [];
        for (int round = 0; round < rounds; round++)
        {
            chain.Add(await pgbench.RunAsync(TriggerChain.Insert, "prepared", TriggerChain.Writers, seconds, cancellationToken));
            one.Add(await DrainAsync([munshi.ClientId]));
            many.Add(await DrainAsync(workspaces));
            Console.Error.WriteLine($"round {round + 1}: chain {chain[^1]:F0}/s, one log {one[^1]:F0}/s, {logs} logs {many[^1]:F0}/s");
        }

        Measure chained = new($"trigger chain, {TriggerChain.Writers} writers", "rows/s", chain);
        Measure ofOne = new("draining a backlog of one log", "events/s", one);
        Measure ofMany = new($"draining a backlog of {logs} logs", "events/s", many);
        return new Report(
            "Draining a backlog",
            [
                $"The built server runs throughout and signs checkpoints of what grew; {rounds} alternating rounds. Backlog: {backlog} events, {EventsAtOnce} a transaction, written while another session held the sequencer's lock; the rate is from the first batch seen to the last event.",
                $"{logs} logs: as many workspaces, whose transactions follow each other in turn.",
                $"Trigger chain: `pgbench`, {TriggerChain.Writers} clients, prepared, one row a transaction, same cluster (`sequencer/chain.sql`), {seconds} s.",
            ],
            [
                chained, ofOne, ofMany,
                ofOne.Over(chained, "one log over chain", 40),
                ofMany.Over(chained, $"{logs} logs over chain", 40),
            ]);
    }

    private static async Task<Guid[]> WorkspacesAsync(RunningMunshi munshi, int count, CancellationToken cancellationToken)
    {
        Installation installation = await munshi.OpenAsync(cancellationToken);
        WorkspaceRegistry registry = installation.Get<WorkspaceRegistry>();
        KeyCustodian custodian = installation.Get<KeyCustodian>();
        Guid[] workspaces = new Guid[count];
        for (int i = 0; i < count; i++)
        {
            if (i % 500 == 0)
            {
                custodian.Replenish(); // two keys each
            }

            workspaces[i] = await registry.CreateAsync($"log-{i}", RunningMunshi.Business, Actor.Operator, cancellationToken) is WorkspaceOutcome.Created created
                ? created.ClientId
                : throw new InvalidOperationException("A workspace was not made.");
        }

        return workspaces;
    }
}

using Munshi.Database;

namespace Munshi.Bench.Audit;

/// <summary>An act with its audit event, chained by the server beside it, against the same act alone, audited by <c>pgaudit</c>, and chained by a trigger.</summary>
internal static class ActsBench
{
    private static readonly int[] WriterCounts = [16, 64];

    private enum Side
    {
        Alone,
        Munshi,
        PgAudit,
        Chain,
    }

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        TimeSpan time = TimeSpan.FromSeconds(options.Pick(3, 1));
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken, PgAudit.IsInstalled ? PgAudit.Library : null);
        IReadOnlyList<BenchConversation> conversations = await Writing.ConversationsAsync(munshi, WriterCounts.Max(), cancellationToken);
        Databases chained = await ChainedCopy.MakeAsync(munshi, options.Directory, cancellationToken);
        Databases? audited = PgAudit.IsInstalled
            ? await PgAudit.OpenAsync(munshi, databases => WarmUpAsync(databases.App, EventPlace.None), cancellationToken)
            : null;
        await WarmUpAsync(munshi.Databases.App, EventPlace.Outbox);
        await WarmUpAsync(chained.App, EventPlace.Chain);
        await using Ledgers ledgers = await Ledgers.OpenAsync(munshi, cancellationToken);
        Side[] sides = [.. Enum.GetValues<Side>().Where(side => side != Side.PgAudit || audited is not null)];
        (double Acts, long Bytes) logged = default;

        Task<double> MeasureAsync(Side side, int writers, Writing.ActAsync act) => Writing.RunAsync(
            (side switch { Side.PgAudit => audited!, Side.Chain => chained, _ => munshi.Databases }).App,
            conversations.Take(writers),
            act,
            side switch { Side.Munshi => EventPlace.Outbox, Side.Chain => EventPlace.Chain, _ => EventPlace.None },
            time,
            cancellationToken);

        async Task WarmUpAsync(WorkspaceDatabase database, EventPlace place)
        {
            foreach ((_, Writing.ActAsync act) in Writing.Acts)
            {
                await Writing.RunAsync(database, conversations, act, place, time / 4, cancellationToken);
            }
        }

        List<Measure> measures = [];
        (string Name, Writing.ActAsync Act, Side[] Sides)[] acts =
        [
            .. Writing.Acts.Select(act => (act.Name, act.Act, sides)),
            ("an event and nothing else", Act.WriteEventAsync, [Side.Munshi, Side.Chain]),
        ];
        foreach ((string name, Writing.ActAsync act, Side[] compared) in acts)
        {
            foreach (int writers in WriterCounts)
            {
                Dictionary<Side, List<double>> runs = compared.ToDictionary(side => side, _ => new List<double>());
                for (int round = 0; round < rounds; round++)
                {
                    // Every other round the other way round, so that a drift of the machine hits all sides.
                    foreach (Side side in round % 2 == 0 ? compared : compared.Reverse())
                    {
                        await ledgers.CatchUpAsync(cancellationToken);
                        long before = munshi.ServerLogBytes;
                        runs[side].Add(await MeasureAsync(side, writers, act));
                        if (side == Side.PgAudit)
                        {
                            logged = Add(logged, runs[side][^1] * time.TotalSeconds, munshi.ServerLogBytes - before);
                        }
                    }

                    Console.Error.WriteLine($"{name}, {writers} writers, round {round + 1}: {string.Join(", ", compared.Select(side => $"{side} {runs[side][^1]:F0}/s"))}");
                }

                measures.AddRange(Judge($"{name}, {writers} writers", runs));
            }
        }

        if (await ChainedCopy.CountAsync(munshi, cancellationToken) == 0)
        {
            throw new InvalidOperationException("The trigger has chained nothing.");
        }

        return new Report(
            "An act and its audit event, against pgaudit, a trigger chain, and alone",
            [
                $"{string.Join(" and ", WriterCounts)} writers without pause in one workspace, each on a conversation of its own, through the program's own transaction and its pool of at most 40 connections; {rounds} rounds of {time.TotalSeconds:F0} s a side, every other round in reverse. One cluster for all sides.",
                "With its event: the sequencer and all other workers of the built server work beside the writers, so that what is written is chained and signed meanwhile; a backlog is chained before the next side begins.",
                "Alone: the same act, its INSERT into audit.event taken out before the commit. The commitment is computed on all sides.",
                audited is not null
                    ? $"pgaudit: the act alone, in sessions with pgaudit.log = 'write' into the server's log, without parameters (pgaudit's default): {logged.Bytes / logged.Acts:F0} bytes of log an act. The cluster preloads it for all sides; other sessions have it off."
                    : $"pgaudit is not installed here, and not measured: {PgAudit.HowToInstall}.",
                "An event and nothing else: what the ledger takes of any act, whatever the act itself costs; nothing is wanted of it.",
                "Trigger chain: the act's event goes into the table of `sequencer/chain.sql` instead, in the act's own transaction. It stands in a copy of the database on the same cluster, to which no server listens: in its own the program would find a foreign trigger and close its gate.",
            ],
            measures);
    }

    private static (double Acts, long Bytes) Add((double Acts, long Bytes) logged, double acts, long bytes) => bytes > acts
        ? (logged.Acts + acts, logged.Bytes + bytes)
        : throw new InvalidOperationException("pgaudit has not logged what was written.");

    private static IEnumerable<Measure> Judge(string name, Dictionary<Side, List<double>> runs)
    {
        Measure own = new($"{name}: with its event", "/s", runs[Side.Munshi]);
        Measure chain = new($"{name}: with a trigger chain", "/s", runs[Side.Chain]);
        if (!runs.TryGetValue(Side.Alone, out List<double>? without))
        {
            return [own, chain, own.Over(chain, $"{name}: with its event over the chain")];
        }

        Measure alone = new($"{name}: alone", "/s", without);
        Measure? audited = runs.TryGetValue(Side.PgAudit, out List<double>? logged) ? new Measure($"{name}: with pgaudit", "/s", logged) : null;
        return
        [
            alone, own, .. audited is null ? (Measure[])[] : [audited], chain,
            own.Over(alone, $"{name}: with its event over alone", 0.85),
            .. audited is null ? (Measure[])[] : [own.Over(audited, $"{name}: with its event over pgaudit", 1)],
            own.Over(chain, $"{name}: with its event over the chain", 3),
        ];
    }
}

using System.Diagnostics;
using Munshi.Bench.Intake;
using Munshi.Bench.Sequencing;
using Munshi.CommandLine;

namespace Munshi.Bench.Groups;

/// <summary>Acts that come many at once, from their beginning until the last of them stands in the ledger, against a trigger that chains row by row.</summary>
internal static class GroupsBench
{
    private const int Customers = 40;
    private const int EventsAtOnce = 1_000;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(3, 1);
        int messages = options.Pick(20_000, 1_500);
        int deliveries = options.Pick(10, 2);
        int events = options.Pick(100_000, 10_000);
        int seconds = options.Pick(6, 1);
        string[] customers = [.. Enumerable.Range(0, Customers).Select(i => $"9190004{i:D5}")];
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        PlainInserts pgbench = await PlainInserts.CreateAsync(munshi, options.Directory, Path.Combine(Programs.Repository, "bench/sequencer/chain.sql"), cancellationToken);
        await munshi.HandOffAsync(customers, cancellationToken);
        Installation installation = await munshi.OpenAsync(cancellationToken);
        LargeDelivery large = new(customers);
        Backlog backlog = new(munshi);
        await ImportAsync(munshi, installation, options, number: 0, 500, cancellationToken); // warm up
        await DeliverAsync(munshi, large, 1, cancellationToken);
        await backlog.DrainAsync(cancellationToken);

        List<double> chain = [], import = [], one = [], many = [], bare = [];
        for (int round = 0; round < rounds; round++)
        {
            chain.Add(await pgbench.RunAsync(TriggerChain.Insert, "prepared", TriggerChain.Writers, seconds, cancellationToken));
            import.Add(messages / await ImportAsync(munshi, installation, options, number: round + 1, messages, cancellationToken));
            one.Add(LargeDelivery.Updates / await DeliverAsync(munshi, large, 1, cancellationToken));
            await backlog.DrainAsync(cancellationToken);
            many.Add(deliveries * LargeDelivery.Updates / await DeliverAsync(munshi, large, deliveries, cancellationToken));
            await backlog.DrainAsync(cancellationToken);
            bare.Add(events / await WriteEventsAsync(munshi, events, cancellationToken));
            Console.Error.WriteLine($"round {round + 1}: chain {chain[^1]:F0}/s, import {import[^1]:F0}/s, one delivery {one[^1]:F0}/s, {deliveries} deliveries {many[^1]:F0}/s, events alone {bare[^1]:F0}/s");
        }

        Measure chained = new($"trigger chain, {TriggerChain.Writers} writers", "rows/s", chain);
        Measure imported = new("import of a chat", "messages/s", import);
        Measure delivered = new($"one delivery of {LargeDelivery.Updates} updates", "updates/s", one);
        Measure streamed = new($"{deliveries} such deliveries at once", "updates/s", many);
        Measure alone = new($"events alone, {EventsAtOnce} a transaction", "events/s", bare);
        return new Report(
            "Grouped acts",
            [
                $"From the beginning of the import, or the sending of the first delivery, until the entry of the last message is committed in ledger.entry. The built server runs throughout and does what it always does with a message; {rounds} alternating rounds.",
                $"Trigger chain: `pgbench`, {TriggerChain.Writers} clients, prepared, one row a transaction, same cluster (`sequencer/chain.sql`), {seconds} s.",
                $"Import: a chat of {messages} messages over a year, each round another, by the class behind `munshi chat import`, in this process; sealing and committing to each message is in it.",
                $"Delivery: {LargeDelivery.Updates} text messages of {Customers} customers, who all wait for a person, to the webhook; each message is stored, sealed and audited. Also {deliveries} such deliveries sent at once.",
                $"Events alone: {events} audit events in transactions of {EventsAtOnce}, and nothing else: what the ledger itself takes of such a group.",
            ],
            [
                chained, imported, delivered, streamed, alone,
                imported.Over(chained, "import over chain", 20),
                delivered.Over(chained, "one delivery over chain", 20),
                streamed.Over(chained, $"{deliveries} deliveries at once over chain", 20),
                alone.Over(chained, "events alone over chain"),
            ]);
    }

    /// <summary>Seconds.</summary>
    private static async Task<double> ImportAsync(
        RunningMunshi munshi, Installation installation, BenchOptions options, int number, int messages, CancellationToken cancellationToken)
    {
        (string path, string contact) = await ChatFile.WriteAsync(options.Directory, number, messages, cancellationToken);
        await using ChainedCount chained = await ChainedCount.BeginAsync(munshi, "message.imported", cancellationToken);
        long began = Stopwatch.GetTimestamp();
        await ImportedChat.AddAsync(installation, munshi.ClientId, path, contact, messages, cancellationToken);
        await chained.WaitAsync(messages, cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Seconds.</summary>
    private static async Task<double> DeliverAsync(RunningMunshi munshi, LargeDelivery large, int count, CancellationToken cancellationToken)
    {
        (byte[] Body, string Signature)[] deliveries = [.. Enumerable.Range(0, count).Select(_ => large.Make())];
        using HttpClient http = new();
        await using ChainedCount chained = await ChainedCount.BeginAsync(munshi, "message.received", cancellationToken);
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(deliveries.Select(delivery => LargeDelivery.PostAsync(http, munshi.Webhook, delivery, cancellationToken)));
        await chained.WaitAsync(count * LargeDelivery.Updates, cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>Seconds.</summary>
    private static async Task<double> WriteEventsAsync(RunningMunshi munshi, int count, CancellationToken cancellationToken)
    {
        await using ChainedCount chained = await ChainedCount.BeginAsync(munshi, EventWriter.Action, cancellationToken);
        long began = Stopwatch.GetTimestamp();
        await new EventWriter(munshi).FillAsync(munshi.ClientId, count, EventsAtOnce, cancellationToken);
        await chained.WaitAsync(count, cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}

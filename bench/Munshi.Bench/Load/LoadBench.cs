using System.Diagnostics;
using Munshi.Bench.Groups;
using Munshi.Bench.Intake;
using Munshi.CommandLine;
using Npgsql;

namespace Munshi.Bench.Load;

/// <summary>A long even load, a burst and one large delivery, into a vault that is full already.</summary>
internal static class LoadBench
{
    private const int Connections = 64;
    private const double Even = 200;
    private const double Burst = 2_000;

    /// <summary>So that a delivery of a thousand has 3 MB.</summary>
    private const int RestOfAText = 2_650;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int chats = options.Pick(100, 1);
        int evenSeconds = options.Pick(600, 5);
        int burstSeconds = options.Pick(60, 2);
        int largeOnes = options.Pick(5, 1);
        string[] customers = [.. Enumerable.Range(0, options.Pick(200, 20)).Select(i => $"9190005{i:D5}")];
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        await munshi.HandOffAsync(customers, cancellationToken);
        Installation installation = await munshi.OpenAsync(cancellationToken);
        Backlog backlog = new(munshi);
        FilledVault vault = new(munshi, installation, options);
        await vault.FillAsync(chats, cancellationToken);
        await backlog.DrainAsync(cancellationToken);

        long used = 0;
        LoadResult At(double perSecond, int seconds)
        {
            Deliveries made = Deliveries.Make(munshi.Webhook.AbsolutePath, customers, used, (int)(perSecond * seconds) + 1);
            used += made.Count;
            using LoadGenerator generator = new(munshi.Address.Port, Connections);
            return generator.AtRate(made, perSecond, TimeSpan.FromSeconds(seconds), cancellationToken);
        }

        At(Even, options.Pick(30, 2)); // warm up
        await backlog.DrainAsync(cancellationToken);
        long before = await backlog.StoredAsync(cancellationToken);

        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        LoadResult even;
        Waiting watched = await Waiting.BeginAsync(munshi, cancellationToken);
        await using (watched)
        {
            even = await Task.Run(() => At(Even, evenSeconds), cancellationToken);
        }

        double evenDrained = await backlog.DrainAsync(cancellationToken);
        double visible = await VisibleTime.P99Async(munshi, began, cancellationToken);
        Console.Error.WriteLine($"even: {even.SlowSeconds}");
        Console.Error.WriteLine($"even: {even.Acknowledged} acknowledged, p99 {even.P99:F1} ms, visible p99 {visible:F0} ms");

        LoadResult burst = At(Burst, burstSeconds);
        double burstDrained = await backlog.DrainAsync(cancellationToken);
        long lost = even.Acknowledged + burst.Acknowledged - (await backlog.StoredAsync(cancellationToken) - before);
        Console.Error.WriteLine($"burst: {burst.Acknowledged} acknowledged, {burst.Refused} refused in {burst.Seconds:F1} s, drained in {burstDrained:F1} s, {lost} lost");

        LargeDelivery made = new(customers, RestOfAText);
        List<double> large = [];
        for (int i = 0; i < largeOnes; i++)
        {
            large.Add(await LargeAsync(munshi, made.Make(), backlog, cancellationToken));
            await backlog.DrainAsync(cancellationToken);
        }

        return new Report(
            "Load",
            [
                $"{vault.Messages} messages of {chats} imported chats stand in the vault before; {customers.Length} customers write, who all wait for a person; {Connections} kept-alive connections; the clock of a request starts when it is due.",
                $"Even: {Even}/s for {evenSeconds} s. Visible: from the acknowledgement until the message is committed in its conversation, by the database's own times. Memory: the server's resident memory in the last eighth of the time over that before its middle.",
                $"Burst: {Burst}/s for {burstSeconds} s, {burst.Refused} of them turned away with 503. Gone: every update stored, every job done and every event chained, after the last answer.",
                $"Large: one delivery of {LargeDelivery.Updates} updates and 3 MB, until all are stored; {largeOnes} of them one after the other.",
            ],
            [
                new Measure("even: acknowledged, p50", "ms", [even.P50], Below: 10),
                new Measure("even: acknowledged, p99", "ms", [even.P99], Below: 50),
                new Measure("even: visible, p99", "ms", [visible], Below: 1000),
                new Measure("even: waited at most", "updates", [watched.Most]),
                new Measure("even: done after the last answer", "s", [evenDrained]),
                new Measure("even: memory, end over middle", "×", [watched.Growth], Below: 1.1),
                new Measure("even: memory, most", "MB", [watched.MostMegabytes]),
                new Measure("burst: acknowledged", "/s", [burst.PerSecond]),
                new Measure("burst: acknowledged, p99", "ms", [burst.P99]),
                new Measure("burst: backlog gone", "s", [burstDrained], Below: 120),
                new Measure("acknowledged and not stored", "messages", [lost], Below: 1),
                new Measure("large: all stored", "s", large, Below: 2),
            ]);
    }

    /// <summary>Seconds from the sending of one large delivery until all of it is stored.</summary>
    private static async Task<double> LargeAsync(RunningMunshi munshi, (byte[] Body, string Signature) delivery, Backlog backlog, CancellationToken cancellationToken)
    {
        long before = await backlog.StoredAsync(cancellationToken);
        using HttpClient http = new();
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand look = new("SELECT NOT EXISTS (SELECT FROM intake.delivery WHERE sorted_at IS NULL) AND NOT EXISTS (SELECT FROM intake.update WHERE state = 'pending')", admin);
        long began = Stopwatch.GetTimestamp();
        await LargeDelivery.PostAsync(http, munshi.Webhook, delivery, cancellationToken);
        while (!(bool)(await look.ExecuteScalarAsync(cancellationToken))!)
        {
            await Task.Delay(5, cancellationToken);
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        long stored = await backlog.StoredAsync(cancellationToken) - before;
        return stored == LargeDelivery.Updates ? seconds : throw new InvalidOperationException($"{stored} of {LargeDelivery.Updates} updates are stored.");
    }
}

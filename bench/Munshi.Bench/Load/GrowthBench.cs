using Munshi.Bench.Intake;
using Munshi.CommandLine;

namespace Munshi.Bench.Load;

/// <summary>The same even load into a vault that grows tenfold from step to step.</summary>
internal static class GrowthBench
{
    private const int Connections = 64;
    private const double Even = 200;
    private const int Runs = 3;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int seconds = options.Pick(30, 2);
        long most = long.Parse(Environment.GetEnvironmentVariable("MESSAGES") ?? "1000000", System.Globalization.CultureInfo.InvariantCulture);
        int[] steps = options.Pick<int[]>([.. ((int[])[1, 10, 100, 1000]).Where(chats => chats * 10_000L <= most)], [1, 2]); // chats of 10,000 messages
        string[] customers = [.. Enumerable.Range(0, options.Pick(200, 20)).Select(i => $"9190006{i:D5}")];
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        await munshi.HandOffAsync(customers, cancellationToken);
        Installation installation = await munshi.OpenAsync(cancellationToken);
        FilledVault vault = new(munshi, installation, options);
        Backlog backlog = new(munshi);
        long used = 0;
        List<(long Messages, List<double> Acknowledged, List<double> Seen)> measured = [];
        foreach (int chats in steps)
        {
            await vault.FillAsync(chats, cancellationToken);
            await backlog.DrainAsync(cancellationToken);
            await RunAsync(options.Pick(15, 1)); // warm up
            List<double> acknowledged = [], seen = [];
            for (int run = 0; run < Runs; run++)
            {
                DateTimeOffset began = TimeProvider.System.GetUtcNow();
                LoadResult even = await RunAsync(seconds);
                acknowledged.Add(even.P99);
                Console.Error.WriteLine(even.SlowSeconds);
                await backlog.DrainAsync(cancellationToken);
                seen.Add(await VisibleTime.P99Async(munshi, began, cancellationToken));
            }

            measured.Add((vault.Messages, acknowledged, seen));
            Console.Error.WriteLine($"{vault.Messages}: acknowledged p99 {Samples.Median(acknowledged):F1} ms, visible p99 {Samples.Median(seen):F1} ms");
        }

        return new Report(
            "Growth",
            [
                $"{Even}/s of {customers.Length} customers, who all wait for a person, for {seconds} s, {Runs} times at each size of the vault, which imported chats fill; the median of three is compared.",
                "Acknowledged: from when a delivery was due until its 200. Visible: from there until the message is committed in its conversation, by the database's own times.",
            ],
            [
                .. measured.SelectMany(step => (Measure[])
                [
                    new($"at {step.Messages:N0}: acknowledged, p99", "ms", step.Acknowledged),
                    new($"at {step.Messages:N0}: visible, p99", "ms", step.Seen),
                ]),
                new Measure("acknowledged p99, largest over smallest", "×", [Samples.Median(measured[^1].Acknowledged) / Samples.Median(measured[0].Acknowledged)], Below: 1.3),
                new Measure("visible p99, largest over smallest", "×", [Samples.Median(measured[^1].Seen) / Samples.Median(measured[0].Seen)], Below: 1.3),
            ]);

        Task<LoadResult> RunAsync(int length)
        {
            Deliveries made = Deliveries.Make(munshi.Webhook.AbsolutePath, customers, used, (int)(Even * length) + 1);
            used += made.Count;
            return Task.Run(() =>
            {
                using LoadGenerator generator = new(munshi.Address.Port, Connections);
                return generator.AtRate(made, Even, TimeSpan.FromSeconds(length), cancellationToken);
            }, cancellationToken);
        }
    }
}

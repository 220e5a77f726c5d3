using System.Globalization;

namespace Munshi.Bench.Intake;

/// <summary>Deliveries acknowledged a second by the whole server with its workers on, against plain inserts and against verifying alone.</summary>
internal static class IntakeBench
{
    private const int Connections = 64;
    private const int MostPerSecond = 120_000;
    private const double Gentle = 200;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int rounds = options.Pick(5, 1);
        const int seconds = 2;
        int gentleSeconds = options.Pick(15, 3);
        string[] customers = [.. Enumerable.Range(0, options.Pick(200, 20)).Select(i => $"9190001{i:D5}")];
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        PlainInserts pgbench = await PlainInserts.CreateAsync(munshi, options.Directory, Path.Combine(Programs.Repository, "bench/intake/plain.sql"), cancellationToken);
        int verifyPort = Programs.FreePort();
        await munshi.BesideAsync(
            "verify-only", new Uri($"http://127.0.0.1:{verifyPort}/readyz"), Path.Combine(AppContext.BaseDirectory, "Munshi.Bench.dll"),
            ["verify-only", verifyPort.ToString(CultureInfo.InvariantCulture), RunningMunshi.AppSecret], cancellationToken);
        await munshi.HandOffAsync(customers, cancellationToken);

        Backlog backlog = new(munshi);
        long used = 0;
        Deliveries Fresh(int count)
        {
            Deliveries made = Deliveries.Make(munshi.Webhook.AbsolutePath, customers, used, count);
            used += count;
            return made;
        }

        // Fresh connections for each turn: between two of one side lies a drain, longer than a server keeps an idle connection.
        LoadResult Full(int port, int time, int count)
        {
            Deliveries made = Fresh(count * time);
            using LoadGenerator generator = new(port, Connections);
            return generator.AsMuchAsPossible(made, TimeSpan.FromSeconds(time), cancellationToken);
        }

        LoadResult Rate(double perSecond, int time)
        {
            Deliveries made = Fresh((int)(perSecond * time) + 1);
            using LoadGenerator generator = new(munshi.Address.Port, Connections);
            return generator.AtRate(made, perSecond, TimeSpan.FromSeconds(time), cancellationToken);
        }

        long before = await backlog.StoredAsync(cancellationToken);
        int acknowledged = 0;
        acknowledged += Rate(1_000, options.Pick(6, 2)).Acknowledged;
        for (int warmUp = 0; warmUp < options.Pick(2, 1); warmUp++) // both sides alike: code that is still being compiled is not measured
        {
            acknowledged += Full(munshi.Address.Port, seconds, MostPerSecond).Acknowledged;
            Full(verifyPort, seconds, MostPerSecond);
            await backlog.DrainAsync(cancellationToken);
        }

        int bodyBytes = Fresh(1).BodyLength;
        string body = new('x', bodyBytes + Keyring.SealedValue.Overhead);

        List<double> intake = [], simple = [], prepared = [], verify = [], drain = [], p50 = [], p99 = [], gentle = [];
        for (int round = 0; round < rounds; round++)
        {
            simple.Add(await pgbench.RunAsync(Insert($"'{body}'"), "simple", Connections, seconds, cancellationToken));
            LoadResult load = Full(munshi.Address.Port, seconds, MostPerSecond);
            acknowledged += load.Acknowledged;
            intake.Add(load.PerSecond);
            p50.Add(load.P50);
            p99.Add(load.P99);
            Console.Error.WriteLine($"round {round + 1}: {load.Acknowledged} acknowledged, {load.Refused} refused in {load.Seconds:F1} s; pgbench {simple[^1]:F0}/s");
            drain.Add(await backlog.DrainAsync(cancellationToken));
            prepared.Add(await pgbench.RunAsync(Insert(":body"), "prepared", Connections, seconds, cancellationToken, $"body={body}"));
            verify.Add(Full(verifyPort, seconds, MostPerSecond).PerSecond);
            Console.Error.WriteLine($"round {round + 1}: drained in {drain[^1]:F1} s; verifying alone {verify[^1]:F0}/s");
        }

        for (int round = 0; round < Math.Min(rounds, 3); round++)
        {
            LoadResult load = Rate(Gentle, gentleSeconds);
            acknowledged += load.Acknowledged;
            gentle.Add(load.P99);
            await backlog.DrainAsync(cancellationToken);
        }

        long stored = await backlog.StoredAsync(cancellationToken) - before;
        if (stored != acknowledged)
        {
            throw new InvalidOperationException($"{acknowledged} deliveries were acknowledged and {stored} messages are stored.");
        }

        Measure rate = new("deliveries acknowledged", "/s", intake);
        Measure inserts = new("`pgbench`, simple protocol", "/s", simple);
        Measure preparedInserts = new("`pgbench`, prepared", "/s", prepared);
        Measure verified = new("verify and answer only", "/s", verify);
        return new Report(
            "Intake",
            [
                $"{Connections} kept-alive connections, one request at a time on each; signed, distinct deliveries of one text message, {bodyBytes} bytes; fsync on; {rounds} interleaved rounds of {seconds} s each side.",
                $"The whole server runs on both sides. Its workers sort, store and audit every message while the load is on: {customers.Length} customers write, who all wait for a person.",
                $"`pgbench`: one plain single-row INSERT with a body of {body.Length} bytes, as the sealed delivery's, in its own transaction; {Connections} clients, same cluster.",
                $"{acknowledged} deliveries acknowledged in all; {stored} messages stood in the vault at the end.",
            ],
            [
                rate, inserts, preparedInserts, verified,
                rate.Over(inserts, "intake over `pgbench` simple", 2),
                rate.Over(preparedInserts, "intake over `pgbench` prepared", 1.5),
                rate.Over(verified, "intake over verifying alone", 0.4),
                new Measure("backlog drained after", "s", drain, Below: 60),
                new Measure("acknowledged, p50, full load", "ms", p50),
                new Measure("acknowledged, p99, full load", "ms", p99),
                new Measure($"acknowledged, p99, at {Gentle}/s", "ms", gentle, Below: 50),
            ]);
    }

    private static string Insert(string body) =>
        $"INSERT INTO plain (app_id, received_at, key_id, body) VALUES ('00000000-0000-0000-0000-000000000001', now(), '00000000-0000-0000-0000-000000000002', {body});\n";
}

using System.Text.Json;
using Munshi.CommandLine;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Bench.Sending;

/// <summary>How fast and how evenly messages leave, and whether a reply waits behind what is sent in bulk.</summary>
internal static class OutboxBench
{
    /// <summary>Meta's first tier of a number.</summary>
    private const int PerSecond = 80;

    private const double RepliesPerSecond = 5;

    private const string Left =
        """
        SELECT count(*), coalesce(extract(epoch FROM max(settled_at) - min(settled_at)), 0)::float8
        FROM channel.outbox WHERE created_at >= $1 AND state = 'accepted'
        """;

    /// <summary>From the commit's own time of a message that is not in bulk until Meta had taken it.</summary>
    private const string Sent =
        """
        SELECT extract(epoch FROM percentile_disc($2) WITHIN GROUP (ORDER BY settled_at - created_at))::float8 * 1000
        FROM channel.outbox WHERE created_at >= $1 AND NOT bulk AND state = 'accepted'
        """;

    public static async Task<Report> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        int evenSeconds = options.Pick(60, 3);
        int replySeconds = options.Pick(120, 3);
        string[] customers = [.. Enumerable.Range(0, options.Pick(2_000, 40)).Select(i => $"9190007{i:D5}")];
        int ofEach = options.Pick(250, 5);
        await using RunningMunshi munshi = await RunningMunshi.StartAsync(options.Directory, cancellationToken);
        await munshi.HandOffAsync(customers, cancellationToken);
        Installation installation = await munshi.OpenAsync(cancellationToken);
        Guid[] conversations = await ConversationsAsync(munshi, cancellationToken);
        Composer composer = new(munshi, installation);

        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        int even = PerSecond * evenSeconds;
        await composer.ComposeAsync(conversations, even, new OutboundText("Your order is ready to be fetched."), bulk: false, cancellationToken);
        (long left, double lasted) = await LeftAsync(munshi, began, even, cancellationToken);
        Console.Error.WriteLine($"even: {left} left in {lasted:F1} s");

        await composer.ComposeAsync(conversations, conversations.Length * ofEach, new OutboundTemplate("hello_world", "en_US"), bulk: true, cancellationToken);
        Console.Error.WriteLine($"{conversations.Length * ofEach} wait in bulk");
        List<double> median = [], slowest = [];
        for (int run = 0; run < 3; run++)
        {
            DateTimeOffset from = TimeProvider.System.GetUtcNow();
            await ReplyAsync(composer, conversations, TimeSpan.FromSeconds(replySeconds / 3.0), cancellationToken);
            await NoneWaitsAsync(munshi, from, cancellationToken);
            median.Add(await SentAsync(munshi, from, 0.5, cancellationToken));
            slowest.Add(await SentAsync(munshi, from, 0.99, cancellationToken));
        }

        (long inBulk, long waiting) = await BulkAsync(munshi, cancellationToken);
        long paced = await PacingErrorsAsync(munshi, cancellationToken);
        return new Report(
            "Outbox",
            [
                $"One number with {PerSecond} messages a second; the sandbox, as Meta, refuses what comes faster (130429) and too many to one person (131056). {conversations.Length} conversations.",
                $"Even: {even} texts that all wait at once, until Meta has taken the last.",
                $"In bulk: {conversations.Length * ofEach} messages of a template wait; meanwhile {RepliesPerSecond} replies a second for {replySeconds} s, in three runs. A reply's send: from its commit until Meta has taken it. {inBulk} of the bulk left meanwhile, {waiting} still wait.",
            ],
            [
                new Measure("even: taken by Meta", "/s", [(left - 1) / lasted], AtLeast: PerSecond * 0.95),
                new Measure("refused for pace, by number or person", "messages", [paced], Below: 1),
                new Measure("beside bulk: a reply's send, p50", "ms", median),
                new Measure("beside bulk: a reply's send, p99", "ms", slowest, Below: 1000),
                new Measure("beside replies: of the bulk", "/s", [inBulk / (double)replySeconds]),
            ]);
    }

    private static async Task ReplyAsync(Composer composer, Guid[] conversations, TimeSpan length, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(1 / RepliesPerSecond));
        int replies = (int)(length.TotalSeconds * RepliesPerSecond);
        for (int reply = 0; reply < replies && await timer.WaitForNextTickAsync(cancellationToken); reply++)
        {
            await composer.ComposeAsync([conversations[reply * 7 % conversations.Length]], 1, new OutboundText("Yes, it is."), bulk: false, cancellationToken);
        }
    }

    private static async Task<Guid[]> ConversationsAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new("SELECT array_agg(id) FROM vault.conversation", admin);
        return (Guid[])(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<(long Left, double Lasted)> LeftAsync(RunningMunshi munshi, DateTimeOffset since, long wanted, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        while (true)
        {
            await using (NpgsqlCommand ask = new(Left, admin) { Parameters = { new() { Value = since.UtcDateTime } } })
            await using (NpgsqlDataReader reader = await ask.ExecuteReaderAsync(cancellationToken))
            {
                await reader.ReadAsync(cancellationToken);
                if (reader.GetInt64(0) >= wanted)
                {
                    return (reader.GetInt64(0), reader.GetDouble(1));
                }
            }

            await Task.Delay(500, cancellationToken);
        }
    }

    private static async Task NoneWaitsAsync(RunningMunshi munshi, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new("SELECT EXISTS (SELECT FROM channel.outbox WHERE created_at >= $1 AND NOT bulk AND settled_at IS NULL)", admin)
        {
            Parameters = { new() { Value = since.UtcDateTime } },
        };
        while ((bool)(await ask.ExecuteScalarAsync(cancellationToken))!)
        {
            await Task.Delay(100, cancellationToken);
        }
    }

    private static async Task<double> SentAsync(RunningMunshi munshi, DateTimeOffset since, double share, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new(Sent, admin) { Parameters = { new() { Value = since.UtcDateTime }, new() { Value = share } } };
        return (double)(await ask.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<(long Left, long Waiting)> BulkAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await using NpgsqlCommand ask = new("SELECT count(*) FILTER (WHERE state = 'accepted'), count(*) FILTER (WHERE state = 'queued') FROM channel.outbox WHERE bulk", admin);
        await using NpgsqlDataReader reader = await ask.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static async Task<long> PacingErrorsAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        JsonElement state = JsonElement.Parse(await http.GetStringAsync(new Uri(munshi.SandboxAddress, "control/state"), cancellationToken));
        return state.GetProperty("graph").GetProperty("refusedByCode").EnumerateObject()
            .Where(code => code.Name is "130429" or "131056" or "80007" or "4").Sum(code => code.Value.GetInt64());
    }
}

using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Tests.Running;
using Npgsql;

namespace Munshi.Tests.Kill;

/// <summary>SIGKILL under load: what was acknowledged is there, once, and is answered once or marked uncertain.</summary>
[Trait("Category", "Kill")]
public sealed class KillTests
{
    private const int Customers = 400;
    private const double DeliveriesPerSecond = 100;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    private static readonly string[] Questions =
        ["What are your timings?", "Is there parking near the shop?", "How can I pay?", "Do you gift wrap?", "Do you stitch blouses?"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_kill_of_the_server_nothing_acknowledged_is_lost_or_doubled()
    {
        string[] customers = NewCustomers();
        await using KillBench bench = await KillBench.StartAsync(customers);

        await LoadAsync(bench, customers, async () =>
        {
            bench.Server.Kill();
            await bench.Server.StartAsync();
        });

        await AssertKeptAsync(bench, customers);
    }

    [Fact]
    public async Task After_a_kill_of_PostgreSQL_nothing_acknowledged_is_lost_or_doubled()
    {
        string[] customers = NewCustomers();
        await using KillBench bench = await KillBench.StartAsync(customers);
        int killed = bench.Cluster.Postmaster()!.ProcessId;

        await LoadAsync(bench, customers, () =>
        {
            bench.Cluster.KillPostmaster();
            return Task.CompletedTask;
        });

        await AssertKeptAsync(bench, customers);
        Assert.NotEqual(killed, bench.Cluster.Postmaster()!.ProcessId);
    }

    private static string[] NewCustomers() => [.. Enumerable.Range(0, Customers).Select(i => $"9190002{i:D5}")];

    /// <summary>One question a customer, every third delivered twice, as Meta would: the same bytes until they are answered 200. Half-way, <paramref name="kill"/>.</summary>
    private static async Task LoadAsync(KillBench bench, string[] customers, Func<Task> kill)
    {
        using MetaClient meta = new(bench.Webhook, RunningServer.AppSecret);
        List<Task> deliveries = [];
        Task killing = Task.CompletedTask;
        long began = Stopwatch.GetTimestamp();
        for (int i = 0; i < customers.Length; i++)
        {
            JsonObject message = MetaPayload.Text(customers[i], Questions[i % Questions.Length]);
            byte[] body = MetaPayload.Messages(message);
            for (int copies = i % 3 == 0 ? 2 : 1; copies > 0; copies--)
            {
                deliveries.Add(DeliverAsync(meta, body));
            }

            if (i == customers.Length / 2)
            {
                killing = kill();
            }

            TimeSpan ahead = TimeSpan.FromSeconds(deliveries.Count / DeliveriesPerSecond) - Stopwatch.GetElapsedTime(began);
            await Task.Delay(ahead > TimeSpan.Zero ? ahead : TimeSpan.Zero, Cancellation);
        }

        await killing;
        await Task.WhenAll(deliveries).WaitAsync(Deadline, Cancellation);
    }

    private static async Task DeliverAsync(MetaClient meta, byte[] body)
    {
        while (true)
        {
            try
            {
                if (await meta.DeliverAsync(body, Cancellation) == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // The server is gone: deliver again.
            }

            await Task.Delay(200, Cancellation);
        }
    }

    private static async Task AssertKeptAsync(KillBench bench, string[] customers)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!await IsDrainedAsync(bench))
        {
            Assert.True(waited.Elapsed < Deadline, $"Not drained within {Deadline.TotalSeconds} s.\n{bench.Server.Log}");
            await Task.Delay(200, Cancellation);
        }

        Assert.Equal("0 0 0", await bench.ScalarAsync<string>(
            """
            SELECT (SELECT count(*) FROM work.dead_letter) || ' ' || (SELECT count(*) FROM intake.update WHERE state = 'failed') || ' '
                || (SELECT count(*) FROM intake.quarantine)
            """));
        Assert.Equal($"{Customers} {Customers} {Customers}", await bench.ScalarAsync<string>(
            """
            SELECT count(*) || ' ' || count(DISTINCT m.conversation_id) || ' ' || count(DISTINCT r.reference)
            FROM vault.message m JOIN vault.provider_reference r ON r.message_id = m.id WHERE m.direction = 'in'
            """));
        Assert.Equal($"{Customers} {Customers}", await bench.ScalarAsync<string>(
            "SELECT count(*) || ' ' || count(DISTINCT message_id) FROM responder.agent_run WHERE decision = 'answer'"));
        Assert.Equal($"{Customers} {Customers}", await bench.ScalarAsync<string>(
            "SELECT count(*) || ' ' || count(DISTINCT conversation_id) FROM vault.message WHERE direction = 'out'"));
        await AssertAnsweredOnceAsync(bench, customers, waited);
        Assert.Contains("\"ok\":true", await bench.Server.RunAsync("ledger", "verify", "--json"), StringComparison.Ordinal);
    }

    private static async Task AssertAnsweredOnceAsync(KillBench bench, string[] customers, Stopwatch waited)
    {
        int unanswered = 0;
        foreach (string customer in customers)
        {
            int answers = await bench.AnswersAsync(customer);
            Assert.InRange(answers, 0, 1);
            unanswered += 1 - answers;
        }

        int uncertain = await bench.ScalarAsync<int>("SELECT count(*)::int FROM vault.current_status WHERE status = 'uncertain'");
        int marked = await bench.ScalarAsync<int>("SELECT count(*)::int FROM vault.message_status WHERE status = 'uncertain'");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Customers} questions, {unanswered} unanswered, {marked} once uncertain, {uncertain} still; drained after {waited.Elapsed.TotalSeconds:F0} s");
        Assert.Equal(unanswered, uncertain);
        Assert.Equal(0, await bench.ScalarAsync<int>("SELECT count(*)::int FROM vault.current_status WHERE status IN ('failed', 'cancelled')"));
        JsonElement graph = (await bench.SandboxStateAsync()).GetProperty("graph");
        Assert.Equal(graph.GetProperty("received").GetInt32(), graph.GetProperty("distinctCallbackData").GetInt32());
    }

    private static async Task<bool> IsDrainedAsync(KillBench bench)
    {
        try
        {
            return (await bench.SandboxStateAsync()).GetProperty("queued").GetInt64() == 0
                && await bench.ScalarAsync<long>(
                    """
                    SELECT (SELECT count(*) FROM intake.delivery WHERE sorted_at IS NULL) + (SELECT count(*) FROM intake.update WHERE state = 'pending')
                        + (SELECT count(*) FROM work.job WHERE dead_at IS NULL)
                    """) == 0;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace Munshi.Tests.Kill;

/// <summary>What must be true after a load with kills: every question in the vault once, answered once or marked uncertain, the ledger as written.</summary>
/// <param name="bench">The installation.</param>
/// <param name="customers">Who asked, once each.</param>
internal sealed class KeptMessages(KillBench bench, IReadOnlyList<string> customers)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task AssertAsync()
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!await IsDrainedAsync())
        {
            Assert.True(waited.Elapsed < Deadline, $"Not drained within {Deadline.TotalSeconds} s.\n{bench.Server.Log}");
            await Task.Delay(200, Cancellation);
        }

        int asked = customers.Count;
        Assert.Equal("0 0 0", await bench.ScalarAsync<string>(
            """
            SELECT (SELECT count(*) FROM work.dead_letter) || ' ' || (SELECT count(*) FROM intake.update WHERE state = 'failed') || ' '
                || (SELECT count(*) FROM intake.quarantine)
            """));
        Assert.Equal($"{asked} {asked} {asked}", await bench.ScalarAsync<string>(
            """
            SELECT count(*) || ' ' || count(DISTINCT m.conversation_id) || ' ' || count(DISTINCT r.reference)
            FROM vault.message m JOIN vault.provider_reference r ON r.message_id = m.id WHERE m.direction = 'in'
            """));
        Assert.Equal($"{asked} {asked}", await bench.ScalarAsync<string>(
            "SELECT count(*) || ' ' || count(DISTINCT message_id) FROM responder.agent_run WHERE decision = 'answer'"));
        Assert.Equal($"{asked} {asked}", await bench.ScalarAsync<string>(
            "SELECT count(*) || ' ' || count(DISTINCT conversation_id) FROM vault.message WHERE direction = 'out'"));
        await AssertAnsweredOnceAsync(waited);
        Assert.Contains("\"ok\":true", await bench.Server.RunAsync("ledger", "verify", "--json"), StringComparison.Ordinal);
    }

    private async Task AssertAnsweredOnceAsync(Stopwatch waited)
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
            $"{customers.Count} questions, {unanswered} unanswered, {marked} once uncertain, {uncertain} still; drained after {waited.Elapsed.TotalSeconds:F0} s");
        Assert.Equal(unanswered, uncertain);
        Assert.Equal(0, await bench.ScalarAsync<int>("SELECT count(*)::int FROM vault.current_status WHERE status IN ('failed', 'cancelled')"));
        JsonElement graph = (await bench.SandboxStateAsync()).GetProperty("graph");
        Assert.Equal(graph.GetProperty("received").GetInt32(), graph.GetProperty("distinctCallbackData").GetInt32());
    }

    private async Task<bool> IsDrainedAsync()
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

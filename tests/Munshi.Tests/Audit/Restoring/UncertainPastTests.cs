using Munshi.Audit.Restoring;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Audit.Restoring;

/// <summary>After a restore: what may have been done after the backup was made is not done again.</summary>
public sealed class UncertainPastTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000008101";
    private const string Question = "What are your timings?";

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation);
        _phone = new SandboxPhone(_server, Customer);
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_in_the_outbox_becomes_uncertain_and_is_never_sent()
    {
        await WaitingAsync();

        await RestoredAsync(TimeSpan.Zero);
        await SendAsync();

        StoredMessage answer = (await _server.MessagesAsync(Customer))[1];
        Assert.Equal(("uncertain", "restored"), (answer.Status, answer.Reason));
        Assert.Equal(0, (await _phone.MessagesAsync(Cancellation)).Count(message => message.GetProperty("direction").GetString() == "business"));
    }

    [Fact]
    public async Task A_customer_who_writes_on_calls_nothing_back_that_may_have_left_and_is_answered()
    {
        await WaitingAsync();

        await RestoredAsync(TimeSpan.Zero);
        await _phone.WriteAsync(new { text = "Is there parking?" }, Cancellation);
        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(Customer)).Count >= 4);
        await SendAsync();

        StoredMessage[] answers = [.. (await _server.MessagesAsync(Customer)).Where(message => message.Direction == "out")];
        Assert.Equal(("uncertain", "restored"), (answers[0].Status, answers[0].Reason));
        Assert.Equal(1, (await _phone.MessagesAsync(Cancellation)).Count(message => message.GetProperty("direction").GetString() == "business"));
    }

    [Fact]
    public async Task An_open_turn_goes_to_people_without_a_word_to_the_customer()
    {
        await RestoredAsync(TimeSpan.FromHours(1)); // whatever comes now was written before it
        await _phone.WriteAsync(new { text = Question }, Cancellation);
        await _server.ConversationAsync(Customer);
        await _server.SettledAsync();

        Assert.Equal("hand-off restored waiting", await _server.Database.ScalarAsync<string>(
            "SELECT r.decision || ' ' || r.reason || ' ' || c.owner_kind FROM responder.agent_run r JOIN vault.conversation c ON c.id = r.conversation_id"));
        Assert.Single(await _server.MessagesAsync(Customer));
    }

    [Fact]
    public async Task A_stop_among_the_open_turns_is_heard_and_not_confirmed_a_second_time()
    {
        await RestoredAsync(TimeSpan.FromHours(1));
        await _phone.WriteAsync(new { text = "STOP" }, Cancellation);
        await _server.ConversationAsync(Customer);
        await _server.SettledAsync();

        Assert.True(await _server.Database.ScalarAsync<bool>("SELECT opted_out_at IS NOT NULL FROM vault.contact"));
        Assert.Single(await _server.MessagesAsync(Customer));
    }

    private Task RestoredAsync(TimeSpan ahead) =>
        UncertainPast.DeclareAsync(_server.Get<Databases>(), TimeProvider.System.GetMicrosecondNow() + ahead, Cancellation);

    /// <summary>A question whose answer is in the outbox: Graph refuses it for now.</summary>
    private async Task WaitingAsync()
    {
        await _server.FaultsAsync(new { http429 = true });
        await _phone.WriteAsync(new { text = Question }, Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<string>("SELECT coalesce(max(state || attempts), '') FROM channel.outbox") == "queued1");
    }

    private async Task SendAsync()
    {
        await _server.FaultsAsync(new { http429 = false });
        await _server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() WHERE kind = 'channel.send' AND lease IS NULL");
        await _server.SettledAsync();
    }
}

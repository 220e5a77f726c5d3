using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Costs;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.WhatsApp.Sending;

namespace Munshi.Tests.Channels.Costs;

/// <summary>The limit that a business sets itself is not passed, by one sender or several.</summary>
public sealed class CostCapTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007501";

    /// <summary>What a utility template costs.</summary>
    private const long Price = 115_000;

    private static readonly OutboundTemplate Template = new("hello_world", "en_US");

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;
    private Guid _number;
    private Guid _conversation;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation, "--Channels:GraphTimeout=00:00:05");
        _phone = new SandboxPhone(_server, Customer);
        await _phone.AskAsync("What are your timings?", Cancellation);
        _number = (await _server.Get<Numbers>().ListAsync(_server.ClientId, Cancellation))[0].NumberId;
        _conversation = await _server.ConversationAsync(Customer);
        await _server.Get<Numbers>().KeepAccountAsync(_server.ClientId, _number, "200000000000001", Cancellation);
        await _server.SettledAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_template_beyond_the_limit_is_not_sent_and_says_so_a_free_reply_is_and_a_raised_limit_lets_the_next_go()
    {
        await LimitAsync(Price - 1);

        await SendAsync(Template);
        await SendAsync(new OutboundText("Do come by!"));
        await _server.SettledAsync();
        string[] before = await OutcomesAsync();
        await LimitAsync(Price);
        await SendAsync(Template);
        await _server.SettledAsync();

        Assert.Equal(["template failed cost-cap", "text accepted"], before);
        Assert.Equal("template accepted", (await OutcomesAsync())[^1]);
        Assert.Equal(2, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'cost.limit-set'"));
    }

    [Fact]
    public async Task Of_several_senders_at_the_last_place_one_passes()
    {
        await LimitAsync(Price);

        bool[] passed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => HoldAsync(Guid.NewGuid(), "utility")));

        Assert.Single(passed, true);
    }

    [Fact]
    public async Task Of_several_senders_at_the_last_free_reply_one_passes_and_what_is_not_sent_gives_its_place_back()
    {
        await LimitAsync(0);
        await _server.Database.AsSuperuserAsync(
            $"INSERT INTO channel.cost_count (client_id, month, number_id, category, type, messages) VALUES ('{_server.ClientId}', '{CostMonth.Of(TimeProvider.System.GetUtcNow()):yyyy-MM-dd}', '{_number}', 'service', 'free_customer_service', 998)");
        Guid[] messages = [.. Enumerable.Range(0, 8).Select(_ => Guid.NewGuid())];

        bool[] passed = await Task.WhenAll(messages.Select(message => HoldAsync(message, CostLine.Service)));
        await _server.Get<WorkspaceDatabase>().TransactAsync(_server.ClientId, transaction =>
        {
            MessageCosts.GiveBack(transaction, messages[Array.IndexOf(passed, true)]);
            return Task.FromResult(true);
        }, Cancellation);

        Assert.Single(passed, true);
        Assert.True(await HoldAsync(Guid.NewGuid(), CostLine.Service));
        Assert.False(await HoldAsync(Guid.NewGuid(), CostLine.Service));
    }

    [Fact]
    public async Task What_Meta_refused_holds_no_place_under_the_limit()
    {
        await LimitAsync(Price);
        await _server.FaultsAsync(new { refused = 1, refusedCode = 131026 });

        await SendAsync(Template);
        await _server.SettledAsync();
        await SendAsync(Template);
        await _server.SettledAsync();

        Assert.Equal(["template failed refused", "template accepted"], await OutcomesAsync());
    }

    [Fact]
    public async Task Owners_are_told_once_a_month_that_most_is_spent_and_once_that_all_is()
    {
        await LimitAsync(10 * Price);

        List<string> told = [];
        for (int i = 0; i < 13; i++)
        {
            await HoldAsync(Guid.NewGuid(), "utility");
            told.Add(await _server.Database.ScalarAsync<string>("SELECT coalesce(string_agg(kind || ' ' || severity || ' ' || repeats, ', ' ORDER BY kind), '') FROM notice.notice WHERE kind LIKE 'cost-%'"));
        }

        Assert.Equal(
            [.. Enumerable.Repeat("", 7), .. Enumerable.Repeat("cost-near warning 0", 2), .. Enumerable.Repeat("cost-near warning 0, cost-reached alert 0", 4)], told);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_held_and_a_limit_taken_away_lets_everything_pass()
    {
        await SendAsync(Template);
        await _server.SettledAsync();
        await LimitAsync(0);
        Assert.False(await HoldAsync(Guid.NewGuid(), "utility"));
        await LimitAsync(null);
        Assert.True(await HoldAsync(Guid.NewGuid(), "utility"));

        Assert.Equal(["template accepted"], await OutcomesAsync());
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM audit.event WHERE action = 'cost.limit-removed'"));
    }

    private Task LimitAsync(long? micros) => _server.Get<CostBook>().LimitAsync(_server.ClientId, micros, Actor.Operator, Cancellation);

    private Task<bool> HoldAsync(Guid message, string category) => _server.Get<WorkspaceDatabase>().TransactAsync(
        _server.ClientId, transaction => _server.Get<MessageCosts>().TryHoldAsync(transaction, message, _number, category), Cancellation);

    private async Task SendAsync(OutboundContent content) => Assert.IsType<ReplyOutcome.Queued>(await _server.Get<Replies>().SendAsync(
        _server.ClientId, _conversation, Actor.Person(_server.OwnerId), new ReplyDraft(content), Guid.NewGuid(), Cancellation));

    /// <summary>Those of a person, oldest first: the kind, the outbox's state, our reason.</summary>
    private async Task<string[]> OutcomesAsync() => (await _server.Database.ScalarAsync<string>(
        """
        SELECT coalesce(string_agg(concat_ws(' ', m.kind, o.state, s.reason), ',' ORDER BY o.created_at), '')
        FROM channel.outbox o JOIN vault.message m ON m.client_id = o.client_id AND m.id = o.message_id
        LEFT JOIN vault.message_status s ON s.client_id = o.client_id AND s.message_id = o.message_id AND s.status = 'failed'
        WHERE m.source = 'dashboard'
        """)).Split(',');
}

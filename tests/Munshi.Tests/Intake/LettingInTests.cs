using System.Net;
using System.Text;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Health;
using Munshi.Tests.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Intake;

/// <summary>What came before its number or account was connected was answered with 200: it is let in.</summary>
public sealed class LettingInTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Later = "100000000000077";

    private RunningServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(postgres, Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Messages_for_a_number_are_let_in_once_it_is_connected_and_no_others()
    {
        await DeliverAsync(MetaPayload.Messages(Later, MetaPayload.Text("919000006101", "are you open?"), MetaPayload.Text("919000006102", "hello")));
        await DeliverAsync(MetaPayload.Messages("100000000000078", MetaPayload.Text("919000006103", "of another number")));
        await _server.SettledAsync();
        Assert.Equal(3, await CountAsync("intake.quarantine WHERE released_at IS NULL"));

        await ConnectAsync();
        await _server.SettledAsync();

        Assert.Equal(2, await CountAsync("vault.message WHERE direction = 'in'"));
        Assert.Equal(["are you open?"], (await _server.MessagesAsync("919000006101")).Where(message => message.Direction == "in").Select(message => message.Text));
        Assert.Equal(1, await CountAsync("intake.quarantine WHERE released_at IS NULL"));
        Assert.Equal("0 1, 2 2", await _server.Database.ScalarAsync<string>(
            "SELECT string_agg(released_count || ' ' || update_count, ', ' ORDER BY released_count) FROM intake.delivery_problem WHERE reason = 'unknown-number'"));
    }

    [Fact]
    public async Task They_are_let_in_once_however_often_the_number_is_connected()
    {
        await DeliverAsync(MetaPayload.Messages(Later, MetaPayload.Text("919000006104", "hello")));
        await _server.SettledAsync();

        await ConnectAsync();
        await _server.SettledAsync();
        await ConnectAsync();
        await _server.SettledAsync();

        Assert.Equal(1, await CountAsync("intake.update"));
        Assert.Equal(1, await CountAsync("vault.message WHERE direction = 'in'"));
    }

    [Fact]
    public async Task A_number_that_is_connected_while_its_message_is_being_sorted_gets_it_all_the_same()
    {
        await using Session held = await Session.AsSuperuserAsync(_server.Database);
        await held.ExecuteAsync("SET idle_in_transaction_session_timeout = 0");
        await held.ExecuteAsync("BEGIN");
        await held.ExecuteAsync("LOCK TABLE intake.quarantine IN SHARE MODE");
        await DeliverAsync(MetaPayload.Messages(Later, MetaPayload.Text("919000006108", "just now")));
        await Eventually.TrueAsync(async () => await CountAsync("pg_locks WHERE NOT granted AND relation = 'intake.quarantine'::regclass") > 0);

        await ConnectAsync();
        await Eventually.TrueAsync(async () => await CountAsync("work.job WHERE kind = 'channel.connected'") == 0);
        await held.ExecuteAsync("COMMIT");
        await Eventually.TrueAsync(async () => await CountAsync("vault.message WHERE direction = 'in'") > 0);
        await _server.SettledAsync();

        Assert.Equal(1, await CountAsync("vault.message WHERE direction = 'in'"));
    }

    [Fact]
    public async Task What_was_signed_by_another_app_stays_quarantined()
    {
        Guid other = await _server.Get<MetaApps>().RegisterAsync(
            _server.ClientId, "another-app-secret-of-32-characters", RunningServer.VerifyToken, shared: false, Actor.Operator, Cancellation);
        using MetaClient meta = new(new Uri(_server.Address, $"webhooks/whatsapp/{other}"), "another-app-secret-of-32-characters");
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(Later, MetaPayload.Text("919000006105", "forged by its owner")), Cancellation));
        await _server.SettledAsync();

        await ConnectAsync();
        await _server.SettledAsync();

        Assert.Equal(1, await CountAsync("intake.quarantine WHERE released_at IS NULL"));
        Assert.Equal(0, await CountAsync("vault.message"));
    }

    [Fact]
    public async Task What_no_longer_opens_stays_and_holds_up_nothing()
    {
        await DeliverAsync(MetaPayload.Messages(Later, MetaPayload.Text("919000006106", "altered")));
        await _server.SettledAsync();
        await _server.Database.AsSuperuserAsync("UPDATE intake.delivery SET body_sealed = set_byte(body_sealed, 40, get_byte(body_sealed, 40) # 1)");
        await DeliverAsync(MetaPayload.Messages(Later, MetaPayload.Text("919000006107", "whole")));
        await _server.SettledAsync();

        await ConnectAsync();
        await _server.SettledAsync();

        Assert.Equal(1, await CountAsync("intake.quarantine WHERE released_at IS NULL"));
        Assert.Equal(1, await CountAsync("vault.message WHERE direction = 'in'"));
    }

    [Fact]
    public async Task A_change_of_an_account_is_let_in_once_the_account_is_known()
    {
        await DeliverAsync(Encoding.UTF8.GetBytes(
            """{"object":"whatsapp_business_account","entry":[{"id":"200000000000077","time":1795000000,"changes":[{"field":"account_review_update","value":{"decision":"APPROVED"}}]}]}"""));
        await _server.SettledAsync();
        Assert.Equal("unknown-account", await _server.Database.ScalarAsync<string>("SELECT reason FROM intake.quarantine"));

        Guid number = await _server.Database.ScalarAsync<Guid>("SELECT id FROM channel.number");
        await _server.Get<NumberAccounts>().KeepAsync(_server.ClientId, number, "200000000000077", "919000000001", Cancellation);

        await Eventually.TrueAsync(async () => await CountAsync("intake.update WHERE kind = 'account' AND state = 'stored'") == 1);
    }

    private async Task ConnectAsync() => Assert.IsType<NumberOutcome.Connected>(await _server.Get<Numbers>().ConnectAsync(
        _server.ClientId, _server.AppId, Later, "919000000077", RunningServer.AccessToken, Actor.Operator, Cancellation));

    private async Task DeliverAsync(byte[] body)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
    }

    private Task<int> CountAsync(string from) => _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM {from}");
}

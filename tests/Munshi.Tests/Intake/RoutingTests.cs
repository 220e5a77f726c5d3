using System.Net;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Workspaces;

namespace Munshi.Tests.Intake;

public sealed class RoutingTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string SharedSecret = "an-agency-app-secret-of-32-chars";

    private RunningServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(postgres, Cancellation);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_message_for_an_unknown_number_is_quarantined_and_reaches_no_workspace()
    {
        await DeliverAsync(_server.AppId, RunningServer.AppSecret, MetaPayload.Messages("999999999999999", MetaPayload.Text("919000006001", "hello")));
        await SortedAsync();

        Assert.Equal("unknown-number", await _server.Database.ScalarAsync<string>("SELECT reason FROM intake.quarantine"));
        Assert.Equal(0, await CountAsync("intake.update"));
        Assert.Equal(0, await CountAsync("vault.message"));
    }

    [Fact]
    public async Task A_number_on_a_shared_app_goes_to_its_own_workspace_whoever_owns_the_app()
    {
        (Guid other, Guid sharedApp) = await OtherWorkspaceAsync("100000000000002");

        await DeliverAsync(sharedApp, SharedSecret, MetaPayload.Messages("100000000000002", MetaPayload.Text("919000006002", "hello")));
        await Eventually.TrueAsync(async () => await CountAsync("vault.message WHERE direction = 'in'") == 1);

        Assert.Equal(other, await _server.Database.ScalarAsync<Guid>("SELECT DISTINCT client_id FROM vault.message"));
        Assert.Equal(0, await CountAsync("intake.quarantine"));
    }

    [Fact]
    public async Task A_number_under_the_valid_signature_of_another_app_is_quarantined()
    {
        (_, Guid sharedApp) = await OtherWorkspaceAsync("100000000000002");

        await DeliverAsync(_server.AppId, RunningServer.AppSecret, MetaPayload.Messages("100000000000002", MetaPayload.Text("919000006003", "hello")));
        await DeliverAsync(sharedApp, SharedSecret, MetaPayload.Messages(RunningServer.PhoneNumberId, MetaPayload.Text("919000006003", "hello")));
        await SortedAsync();

        Assert.Equal(2, await CountAsync("intake.quarantine"));
        Assert.Equal(0, await CountAsync("vault.message"));
    }

    [Fact]
    public async Task Changes_of_several_numbers_in_one_delivery_part_ways()
    {
        (Guid other, Guid sharedApp) = await OtherWorkspaceAsync("100000000000002");
        Assert.IsType<NumberOutcome.Connected>(await _server.Get<Numbers>().ConnectAsync(
            _server.ClientId, sharedApp, "100000000000003", "919000000003", RunningServer.AccessToken, Actor.Operator, Cancellation));

        await DeliverAsync(sharedApp, SharedSecret, MetaPayload.Delivery(
            MetaPayload.Change("100000000000002", "messages", MetaPayload.Text("919000006004", "hello")),
            MetaPayload.Change("100000000000003", "messages", MetaPayload.Text("919000006004", "hello")),
            MetaPayload.Change("100000000000009", "messages", MetaPayload.Text("919000006004", "hello"))));
        await SortedAsync();

        Assert.Equal(1, await CountAsync($"intake.update WHERE client_id = '{other}'"));
        Assert.Equal(1, await CountAsync($"intake.update WHERE client_id = '{_server.ClientId}'"));
        Assert.Equal(1, await CountAsync("intake.quarantine"));
    }

    [Fact]
    public async Task A_delivery_that_the_database_refuses_to_sort_holds_up_no_other()
    {
        await _server.Database.AsSuperuserAsync(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION USING ERRCODE = ''check_violation''; END';
            CREATE TRIGGER refuse BEFORE UPDATE ON intake.delivery FOR EACH ROW WHEN (NEW.update_count = 2) EXECUTE FUNCTION refuse()
            """);

        await Task.WhenAll(Enumerable.Range(0, 9).Select(i => DeliverAsync(
            _server.AppId,
            RunningServer.AppSecret,
            MetaPayload.Messages([.. Enumerable.Range(0, i == 0 ? 2 : 1).Select(_ => MetaPayload.Text("919000006004", $"hello {i}"))]))));

        await Eventually.TrueAsync(async () => await CountAsync("vault.message WHERE direction = 'in'") == 8);
        Assert.Equal(1, await CountAsync("intake.delivery WHERE sorted_at IS NULL"));
    }

    [Fact]
    public async Task An_app_without_a_secret_cannot_be_made()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            _server.Get<MetaApps>().RegisterAsync(_server.ClientId, "", RunningServer.VerifyToken, false, Actor.Operator, Cancellation));
    }

    [Fact]
    public async Task A_number_cannot_hang_on_another_workspaces_app_that_is_not_shared()
    {
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync("other", "Other Shop", Actor.Operator, Cancellation)).ClientId;

        Assert.IsType<NumberOutcome.Refused>(await _server.Get<Numbers>().ConnectAsync(
            other, _server.AppId, "100000000000002", "919000000002", RunningServer.AccessToken, Actor.Operator, Cancellation));
    }

    /// <summary>A second workspace, its number on an app that the first one shares.</summary>
    private async Task<(Guid Other, Guid SharedApp)> OtherWorkspaceAsync(string phoneNumberId)
    {
        Guid other = Assert.IsType<WorkspaceOutcome.Created>(
            await _server.Get<WorkspaceRegistry>().CreateAsync("other", "Other Shop", Actor.Operator, Cancellation)).ClientId;
        Guid app = await _server.Get<MetaApps>().RegisterAsync(
            _server.ClientId, SharedSecret, RunningServer.VerifyToken, shared: true, Actor.Operator, Cancellation);
        Assert.IsType<NumberOutcome.Connected>(await _server.Get<Numbers>().ConnectAsync(
            other, app, phoneNumberId, "919000000002", RunningServer.AccessToken, Actor.Operator, Cancellation));
        return (other, app);
    }

    private async Task DeliverAsync(Guid app, string secret, byte[] body)
    {
        using MetaClient meta = new(new Uri(_server.Address, $"webhooks/whatsapp/{app}"), secret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
    }

    private Task SortedAsync() => Eventually.TrueAsync(async () => await CountAsync("intake.delivery WHERE sorted_at IS NULL") == 0);

    private Task<int> CountAsync(string from) => _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM {from}");
}

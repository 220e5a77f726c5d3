using System.Text.Json.Nodes;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Tests.Channels.Costs;

/// <summary>What the statuses tell of a message's price: "Statuses" of the Cloud API.</summary>
public sealed class CostCountTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007401";

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;
    private MetaClient _meta = null!;
    private Guid _message;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation, "--Channels:GraphTimeout=00:00:05");
        _phone = new SandboxPhone(_server, Customer);
        _meta = new MetaClient(_server.Webhook, RunningServer.AppSecret);
        await _server.FaultsAsync(new { statusLoss = true });
        await _phone.AskAsync("What are your timings?", Cancellation);
        await _server.SettledAsync();
        _message = (await _server.MessagesAsync(Customer)).Single(message => message.Direction == "out").Id;
    }

    public async ValueTask DisposeAsync()
    {
        _meta.Dispose();
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("sent$ delivered read", 1)]
    [InlineData("sent$ sent$ delivered delivered read read", 1)]
    [InlineData("read delivered sent$", 1)]
    [InlineData("sent delivered$ read", 1)]
    [InlineData("sent read$", 1)]
    [InlineData("delivered$ read$ sent$", 1)]
    [InlineData("sent$", 0)]
    [InlineData("sent$ failed", 0)]
    [InlineData("delivered read", 0)]
    public async Task A_message_is_counted_once_when_it_was_delivered_and_its_price_told(string statuses, long counted)
    {
        foreach (string status in statuses.Split(' '))
        {
            await TellAsync(status.TrimEnd('$'), status.EndsWith('$') ? Price("service") : null);
        }

        Assert.Equal(counted, await _server.Database.ScalarAsync<long>("SELECT coalesce(sum(messages), 0)::bigint FROM channel.cost_count"));
        Assert.Equal(statuses == "sent$", await _server.Database.ScalarAsync<bool>("SELECT coalesce(bool_or(leaving), false) FROM channel.message_cost"));
    }

    [Fact]
    public async Task Statuses_of_one_message_that_come_together_count_it_once()
    {
        await Task.WhenAll("sent delivered read sent delivered read".Split(' ').Select(status =>
            _meta.DeliverAsync(MetaPayload.Statuses(Status(status, Price("service"))), Cancellation)));
        await _server.SettledAsync();

        Assert.Equal(1, await _server.Database.ScalarAsync<long>("SELECT sum(messages)::bigint FROM channel.cost_count"));
    }

    [Fact]
    public async Task A_category_and_type_never_heard_of_are_counted_as_themselves()
    {
        await TellAsync("sent", new JsonObject { ["pricing_model"] = "PMP", ["type"] = "free_allowance", ["category"] = "group_service" });
        await TellAsync("delivered", null);

        Assert.Equal("group_service free_allowance 1", await _server.Database.ScalarAsync<string>("SELECT category || ' ' || type || ' ' || messages FROM channel.cost_count"));
    }

    [Fact]
    public async Task A_message_belongs_to_the_month_in_which_it_was_delivered()
    {
        JsonObject sent = Status("sent", Price("service"));
        sent["timestamp"] = MetaPayload.Seconds(new DateTimeOffset(2026, 10, 31, 18, 29, 59, TimeSpan.Zero));
        JsonObject delivered = Status("delivered", null);
        delivered["timestamp"] = MetaPayload.Seconds(new DateTimeOffset(2026, 10, 31, 18, 30, 1, TimeSpan.Zero));

        await DeliverAsync(sent);
        await DeliverAsync(delivered);

        Assert.Equal("2026-11-01", await _server.Database.ScalarAsync<string>("SELECT month::text FROM channel.cost_count"));
    }

    private static JsonObject Price(string category) => new() { ["billable"] = true, ["pricing_model"] = "PMP", ["type"] = "regular", ["category"] = category };

    private JsonObject Status(string status, JsonObject? price)
    {
        JsonObject json = MetaPayload.Status("wamid.of-the-test", status, Customer, _message.ToString());
        if (price is not null)
        {
            json["pricing"] = price;
        }

        return json;
    }

    private Task TellAsync(string status, JsonObject? price) => DeliverAsync(Status(status, price));

    private async Task DeliverAsync(JsonObject status)
    {
        await _meta.DeliverAsync(MetaPayload.Statuses(status), Cancellation);
        await _server.SettledAsync();
    }
}

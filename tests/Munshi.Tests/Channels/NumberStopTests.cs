using System.Text.Json;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Sending;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Channels;

/// <summary>Meta refuses everything a number sends: its outbox waits as one, and goes on as one.</summary>
public sealed class NumberStopTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Question = "What are your timings?";
    private static readonly string[] Customers = ["919000007101", "919000007102", "919000007103"];

    private readonly List<SandboxPhone> _phones = [];
    private RunningServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation, "--Channels:GraphTimeout=00:00:05");
        foreach (string customer in Customers)
        {
            SandboxPhone phone = new(_server, customer);
            _phones.Add(phone);
            await phone.AskAsync(Question, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _phones.ForEach(phone => phone.Dispose());
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_token_revoked_in_the_middle_loses_nothing_doubles_nothing_and_keeps_the_order()
    {
        await _server.FaultsAsync(new { tokenRevoked = true });
        await ReplyToAllAsync(["one", "two", "three", "four"]);
        await StoppedAsync();
        await EveryMessageWaitsAsync(12);
        long refused = await GraphAsync("refused");

        await _server.FaultsAsync(new { tokenRevoked = false });
        await _server.Get<NumberStops>().ProbeNowAsync(_server.ClientId, await NumberAsync(), Cancellation);
        await _server.SettledAsync();

        foreach (SandboxPhone phone in _phones)
        {
            Assert.Equal(["one", "two", "three", "four"], await SaidAsync(phone));
        }

        Assert.Empty(await _server.Get<NumberStops>().ListAsync(_server.ClientId, Cancellation));
        Assert.InRange(refused, 1, 12);
        Assert.Equal(refused, await GraphAsync("refused"));
    }

    [Fact]
    public async Task While_it_is_stopped_one_message_asks_and_the_others_are_not_tried()
    {
        await _server.FaultsAsync(new { tokenRevoked = true });
        await ReplyToAllAsync(["one", "two"]);
        await StoppedAsync();
        await EveryMessageWaitsAsync(6);
        long refused = await GraphAsync("refused");

        for (int probe = 1; probe <= 3; probe++)
        {
            await _server.Get<NumberStops>().ProbeNowAsync(_server.ClientId, await NumberAsync(), Cancellation);
            await Eventually.TrueAsync(async () => await GraphAsync("refused") == refused + probe);
            await EveryMessageWaitsAsync(6);
        }

        Assert.Equal(3, await _server.Database.ScalarAsync<int>("SELECT probes FROM channel.number_stop"));
        Assert.True(await _server.Database.ScalarAsync<bool>(
            "SELECT probe_at BETWEEN now() + interval '7 minutes' AND now() + interval '8 minutes' FROM channel.number_stop"));
        NumberStop stop = Assert.Single(await _server.Get<NumberStops>().ListAsync(_server.ClientId, Cancellation));
        Assert.Equal((190, 6), (stop.Code, stop.Waiting));
    }

    [Fact]
    public async Task When_its_token_is_replaced_everything_goes_out_at_once()
    {
        await _server.FaultsAsync(new { refused = true, refusedCode = 131031 });
        await ReplyToAllAsync(["one"]);
        await StoppedAsync();
        await EveryMessageWaitsAsync(3);
        await _server.FaultsAsync(new { refused = false });

        Assert.IsType<NumberOutcome.Connected>(await _server.Get<Numbers>().ConnectAsync(
            _server.ClientId, _server.AppId, RunningServer.PhoneNumberId, "919000000001", RunningServer.AccessToken, Actor.Operator, Cancellation));
        await _server.SettledAsync();

        foreach (SandboxPhone phone in _phones)
        {
            Assert.Equal(["one"], await SaidAsync(phone));
        }
    }

    [Fact]
    public async Task A_message_that_waits_for_a_stopped_number_ends_with_its_window_and_says_so()
    {
        await _server.FaultsAsync(new { tokenRevoked = true });
        await ReplyToAllAsync(["one"]);
        await StoppedAsync();
        await EveryMessageWaitsAsync(3);

        await _server.Database.AsSuperuserAsync(
            """
            UPDATE vault.conversation SET window_from = window_from - interval '24 hours';
            UPDATE work.job SET run_at = now() WHERE kind = 'channel.send'
            """);

        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(Customers[0])).Any(message => message is { Status: "failed", Reason: "window-closed" }));
    }

    [Fact]
    public async Task Two_processes_on_one_database_send_each_message_once_and_in_order()
    {
        await using RunningServer.Second second = await _server.StartSecondAsync(Cancellation);
        await ReplyToAllAsync(["one", "two", "three", "four", "five", "six"]);

        await _server.SettledAsync();

        foreach (SandboxPhone phone in _phones)
        {
            Assert.Equal(["one", "two", "three", "four", "five", "six"], await SaidAsync(phone));
        }

        JsonElement graph = (await _server.SandboxStateAsync()).GetProperty("graph");
        Assert.Equal(graph.GetProperty("received").GetInt64(), graph.GetProperty("distinctCallbackData").GetInt64());
    }

    private async Task ReplyToAllAsync(string[] texts)
    {
        foreach (string text in texts)
        {
            foreach (string customer in Customers)
            {
                Assert.IsType<ReplyOutcome.Queued>(await _server.Get<Replies>().SendAsync(
                    _server.ClientId, await _server.ConversationAsync(customer), _server.OwnerId, text, Guid.NewGuid(), Cancellation));
            }
        }
    }

    private Task StoppedAsync() => Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<long>("SELECT count(*) FROM channel.number_stop") == 1);

    private Task EveryMessageWaitsAsync(int count) => Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<long>(
        "SELECT count(*) FROM work.job WHERE kind = 'channel.send' AND lease IS NULL AND (last_error LIKE 'send.stopped %' OR last_error = 'send.behind')") == count);

    private async Task<Guid> NumberAsync() => (await _server.Get<Numbers>().ListAsync(_server.ClientId, Cancellation))[0].NumberId;

    private static async Task<IReadOnlyList<string>> SaidAsync(SandboxPhone phone) =>
        [.. (await phone.MessagesAsync(Cancellation)).Where(message => message.GetProperty("direction").GetString() == "business").Skip(1).Select(message => message.GetProperty("text").GetString()!)];

    private async Task<long> GraphAsync(string counter) => (await _server.SandboxStateAsync()).GetProperty("graph").GetProperty(counter).GetInt64();
}

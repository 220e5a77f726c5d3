using System.Diagnostics;
using Microsoft.Extensions.Options;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.Channels.Sending;
using Munshi.Database;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;

namespace Munshi.Tests.Channels;

/// <summary>What Meta limits is kept before Meta refuses.</summary>
public sealed class PacingTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007201";

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation, "--Channels:GraphTimeout=00:00:05", "--Channels:HealthInterval=01:00:00");
        _phone = new SandboxPhone(_server, Customer);
        await _phone.AskAsync("What are your timings?", Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Two_processes_together_take_no_more_than_a_numbers_pace()
    {
        NumberPaces[] processes = [Paces(), Paces()];
        Guid number = await NumberAsync();
        long began = Stopwatch.GetTimestamp();

        int[] taken = await Task.WhenAll(processes.Select(paces => TakeForAsync(paces, number, TimeSpan.FromSeconds(3))));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;

        Assert.InRange(taken.Sum() / seconds, 55, 78);
        Assert.True(processes.Sum(paces => paces.BlocksTaken) * 3 < taken.Sum(), "a round trip serves several messages");
    }

    [Fact]
    public async Task After_a_refusal_for_its_pace_a_number_goes_on_slower_and_recovers()
    {
        NumberPaces paces = Paces();
        Guid number = await NumberAsync();
        await TakeForAsync(paces, number, TimeSpan.FromMilliseconds(300));

        await _server.Get<WorkspaceDatabase>().TransactAsync(_server.ClientId, transaction =>
        {
            paces.Lower(transaction, number, pause: null);
            return Task.FromResult(true);
        }, Cancellation);

        TimeSpan pause = await paces.TakeAsync(_server.ClientId, number, TimeSpan.Zero, Cancellation);
        Assert.InRange(pause.TotalSeconds, 0.5, 1.1);
        Assert.InRange(await _server.Database.ScalarAsync<double>("SELECT channel.pace(p) FROM channel.number_pace p"), 30, 42);
        await _server.Database.AsSuperuserAsync("UPDATE channel.number_pace SET lowered_at = lowered_at - interval '1 minute'");
        Assert.Equal(76, await _server.Database.ScalarAsync<double>("SELECT channel.pace(p) FROM channel.number_pace p"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Throughput_refused_with_and_without_a_hint_lowers_the_pace_and_the_message_arrives_once(int retryAfterSeconds)
    {
        await _server.FaultsAsync(new { http429 = 1, retryAfterSeconds });
        long began = Stopwatch.GetTimestamp();

        await ReplyAsync("Do come by!");
        await _server.SettledAsync();

        Assert.True(Stopwatch.GetElapsedTime(began) >= TimeSpan.FromSeconds(retryAfterSeconds));
        Assert.True(await _server.Database.ScalarAsync<bool>("SELECT lowered_at IS NOT NULL FROM channel.number_pace"));
        Assert.Single(await _phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "Do come by!");
    }

    [Fact]
    public async Task Fifty_messages_to_one_customer_bring_no_pair_error_and_the_last_ones_wait()
    {
        await _server.FaultsAsync(new { limits = true });
        for (int i = 0; i < 50; i++)
        {
            await ReplyAsync($"Message {i}");
        }

        await Eventually.TrueAsync(TimeSpan.FromMinutes(2), async () => await _server.Database.ScalarAsync<long>("SELECT count(*) FROM channel.outbox WHERE state = 'accepted'") >= 42
            && await _server.Database.ScalarAsync<long>("SELECT count(*) FROM work.job WHERE kind = 'channel.send' AND last_error = 'send.paced'") > 0);

        Assert.Equal(0, (await _server.SandboxStateAsync()).GetProperty("graph").GetProperty("refused").GetInt64());
        Assert.True(await _server.Database.ScalarAsync<long>("SELECT count(*) FROM channel.outbox WHERE state = 'queued'") > 0);
    }

    [Fact]
    public async Task What_waits_in_bulk_holds_up_no_reply()
    {
        Guid conversation = await _server.ConversationAsync(Customer);
        await _server.Database.AsSuperuserAsync("UPDATE channel.number_pace SET per_second = 2, next_at = now() - interval '1 hour'");
        Guid number = await NumberAsync();
        await _server.Get<WorkspaceDatabase>().TransactAsync(_server.ClientId, transaction =>
        {
            _server.Get<NumberPaces>().Tell(transaction, number, 5);
            return Task.FromResult(true);
        }, Cancellation);
        await _server.Get<WorkspaceDatabase>().TransactAsync(_server.ClientId, async transaction =>
        {
            ConversationState state = (await Conversations.LockAsync(transaction, conversation))!;
            for (int i = 0; i < 40; i++)
            {
                await _server.Get<Outbox>().ComposeAsync(
                    transaction, state, new OutboxDraft(new OutboundText($"Bulk {i}"), Actor.Responder, false, state.OwnerEpoch, null) { Bulk = true });
            }

            return true;
        }, Cancellation);
        long began = Stopwatch.GetTimestamp();

        await ReplyAsync("I am here");
        await Eventually.TrueAsync(async () => (await _phone.MessagesAsync(Cancellation)).Any(message => message.GetProperty("text").GetString() == "I am here"));

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(began)}");
        Assert.True(await _server.Database.ScalarAsync<long>("SELECT count(*) FROM channel.outbox WHERE bulk AND state = 'queued'") > 15);
    }

    [Fact]
    public void What_was_counted_by_a_clock_since_put_back_holds_nobody_up_longer_than_all_that_may_be_ahead()
    {
        DateTimeOffset now = new(2026, 11, 22, 6, 0, 0, TimeSpan.Zero);

        Assert.Null(PairPace.WaitUntil(null, now));
        Assert.Null(PairPace.WaitUntil(now + (PairPace.Interval * 43), now));
        Assert.Equal(now + PairPace.Interval, PairPace.WaitUntil(now + (PairPace.Interval * 44), now));
        Assert.Equal(now + PairPace.Interval, PairPace.WaitUntil(now + TimeSpan.FromDays(1), now));
    }

    private NumberPaces Paces() => new(_server.Get<WorkspaceDatabase>(), _server.Get<IOptions<ChannelOptions>>(), TimeProvider.System);

    private async Task<int> TakeForAsync(NumberPaces paces, Guid number, TimeSpan time)
    {
        int taken = 0;
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
        {
            taken += await paces.WaitAsync(_server.ClientId, number, TimeSpan.FromMilliseconds(100), Cancellation) ? 1 : 0;
        }

        return taken;
    }

    private async Task ReplyAsync(string text) => Assert.IsType<ReplyOutcome.Queued>(await _server.Get<Replies>().SendAsync(
        _server.ClientId, await _server.ConversationAsync(Customer), _server.OwnerId, text, Guid.NewGuid(), Cancellation));

    private async Task<Guid> NumberAsync() => (await _server.Get<Numbers>().ListAsync(_server.ClientId, Cancellation))[0].NumberId;
}

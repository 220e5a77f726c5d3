using System.Text.Json;
using Munshi.Channels.Sending;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Channels;

public sealed class SendingTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007001";
    private const string Question = "What are your timings?";

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation, "--Channels:GraphTimeout=00:00:01");
        _phone = new SandboxPhone(_server, Customer);
    }

    public async ValueTask DisposeAsync()
    {
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_became_of_a_message_is_shown_step_by_step()
    {
        await _server.FaultsAsync(new { statusLoss = true });
        await _phone.WriteAsync(new { text = Question }, Cancellation);
        await StatusAsync("accepted");

        await _server.FaultsAsync(new { statusLoss = false });
        Assert.Equal(1, await BusinessMessagesAsync());

        await StatusAsync("read");
        StoredMessage answer = (await _server.MessagesAsync(Customer))[1];
        Assert.Equal("accepted read", await ReportsAsync(answer.Id));
    }

    [Fact]
    public async Task An_answer_is_accepted_sent_and_delivered()
    {
        await _phone.WriteAsync(new { text = Question }, Cancellation);

        await StatusAsync("delivered");
        await _server.SettledAsync();
        Assert.Equal("accepted delivered sent", await ReportsAsync((await _server.MessagesAsync(Customer))[1].Id));
    }

    [Theory]
    [InlineData("http500")]
    [InlineData("http429")]
    [InlineData("pairRate")]
    public async Task What_Graph_refused_for_now_is_sent_again_and_arrives_once(string fault)
    {
        await _server.FaultsAsync(new Dictionary<string, int> { [fault] = 1 });
        await _phone.WriteAsync(new { text = Question }, Cancellation);

        await StatusAsync("delivered");
        await _server.SettledAsync();
        Assert.Equal(2, await _server.Database.ScalarAsync<int>("SELECT attempts FROM channel.outbox"));
        Assert.Equal((1, 1, 1), (await BusinessMessagesAsync(), await GraphAsync("received"), await GraphAsync("refused")));
    }

    [Theory]
    [InlineData("http500AfterAccept")]
    [InlineData("hangAfterAccept")]
    public async Task What_may_have_left_is_uncertain_never_sent_again_and_settled_by_its_report(string fault)
    {
        await _server.FaultsAsync(new Dictionary<string, object> { [fault] = 1, ["delayMs"] = 2500 });
        await _phone.WriteAsync(new { text = Question }, Cancellation);

        await StatusAsync("uncertain");
        await StatusAsync("delivered");
        await _server.SettledAsync();

        Assert.Equal((1, 1), (await BusinessMessagesAsync(), await GraphAsync("received")));
        Assert.Equal("uncertain", await _server.Database.ScalarAsync<string>("SELECT state FROM channel.outbox"));
    }

    [Theory]
    [InlineData("http500AfterAccept")]
    [InlineData("hangAfterAccept")]
    public async Task What_may_have_left_stays_uncertain_while_no_report_comes(string fault)
    {
        await _server.FaultsAsync(new Dictionary<string, object> { [fault] = 1, ["statusLoss"] = true });
        await _phone.WriteAsync(new { text = Question }, Cancellation);

        await StatusAsync("uncertain");
        await _server.SettledAsync();

        Assert.Equal("uncertain", (await _server.MessagesAsync(Customer))[1].Status);
        Assert.Equal((1, 1), (await BusinessMessagesAsync(), await GraphAsync("received")));
    }

    [Fact]
    public async Task Later_replies_wait_behind_one_that_waits_say_why_and_arrive_in_order()
    {
        await _phone.AskAsync(Question, Cancellation);
        Guid conversation = await _server.ConversationAsync(Customer);
        await _server.FaultsAsync(new { http503 = 1 });
        List<Guid> ids = [await ReplyAsync(conversation, "first")];
        await Eventually.TrueAsync(async () => (await DelaysAsync(ids)).Contains("send.refused 131016"));
        ids.Add(await ReplyAsync(conversation, "second"));
        ids.Add(await ReplyAsync(conversation, "third"));
        await Eventually.TrueAsync(async () => (await DelaysAsync(ids)).Count == 3);

        Assert.Equal(["send.refused 131016", "send.behind", "send.behind"], await DelaysAsync(ids));

        await _server.Database.AsSuperuserAsync("UPDATE work.job SET run_at = now() WHERE kind = 'channel.send' AND lease IS NULL");
        await Eventually.TrueAsync(async () => await BusinessMessagesAsync() == 4);
        Assert.Equal(
            ["first", "second", "third"],
            (await _phone.MessagesAsync(Cancellation)).TakeLast(3).Select(message => message.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_persons_reply_does_not_wait_behind_an_automatic_one_that_will_be_withdrawn()
    {
        await _server.FaultsAsync(new { http503 = 1 });
        await _phone.WriteAsync(new { text = Question }, Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>("SELECT coalesce(max(attempts), 0) FROM channel.outbox WHERE state = 'queued'") == 1);

        await ReplyAsync(await _server.ConversationAsync(Customer), "I am here");

        await Eventually.TrueAsync(async () => await BusinessMessagesAsync() == 1);
    }

    [Fact]
    public async Task While_nobody_answers_at_Graphs_address_a_message_waits()
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        await _server.StopSandboxAsync();
        await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(Customer, Question)), Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            "SELECT coalesce(max(attempts), 0) FROM channel.outbox WHERE state = 'queued'") >= 2);

        await _server.StartSandboxAsync();
        await _phone.WriteAsync(new { text = "Is there parking near the shop?" }, Cancellation);

        await Eventually.TrueAsync(async () => await BusinessMessagesAsync() == 1);
        string text = (await _phone.MessagesAsync(Cancellation))[^1].GetProperty("text").GetString()!;
        Assert.Contains("is open Monday", text, StringComparison.Ordinal);
        Assert.Contains("paid parking", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_dead_sender_had_marked_as_leaving_is_uncertain_and_not_sent()
    {
        await _server.FaultsAsync(new { http429 = true });
        await _phone.WriteAsync(new { text = Question }, Cancellation);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>("SELECT coalesce(max(attempts), 0) FROM channel.outbox WHERE state = 'queued'") == 1);
        await _server.Database.AsSuperuserAsync(
            """
            UPDATE channel.outbox SET state = 'sending';
            UPDATE work.job SET lease = gen_random_uuid(), leased_until = now() - interval '1 second', run_at = now() - interval '31 seconds' WHERE kind = 'channel.send'
            """);
        await _server.FaultsAsync(new { http429 = false });

        await StatusAsync("uncertain");
        await _server.SettledAsync();
        Assert.Equal("sender-died", (await _server.MessagesAsync(Customer))[1].Reason);
        Assert.Equal(0, await BusinessMessagesAsync());
    }

    [Fact]
    public async Task Our_message_id_travels_with_every_message()
    {
        foreach (string question in (string[])[Question, "Do you gift wrap?", "How can I pay?"])
        {
            await _phone.AskAsync(question, Cancellation);
        }

        await _server.SettledAsync();
        Assert.Equal((3, 3), (await GraphAsync("received"), await GraphAsync("distinctCallbackData")));
        Assert.All(
            (await _server.MessagesAsync(Customer)).Where(message => message.Direction == "out"), message => Assert.True(message.Status is "delivered" or "read"));
    }

    [Fact]
    public async Task The_same_key_sends_a_persons_reply_once_however_often_it_comes()
    {
        await _phone.AskAsync(Question, Cancellation);
        Guid conversation = await _server.ConversationAsync(Customer);
        Guid key = Guid.NewGuid();

        ReplyOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            _server.Get<Replies>().SendAsync(_server.ClientId, conversation, _server.OwnerId, "Do come by!", key, Cancellation)));
        await _server.SettledAsync();

        Assert.Single(outcomes.Distinct());
        Assert.IsType<ReplyOutcome.Queued>(outcomes[0]);
        Assert.Single(await _phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "Do come by!");
    }

    [Theory]
    [InlineData("Do come by later!", false, false)]
    [InlineData("Do come by!", true, false)]
    [InlineData("Do come by!", false, true)]
    public async Task A_key_that_sent_something_else_sends_nothing_and_is_no_success(string text, bool elsewhere, bool byAnother)
    {
        await _phone.AskAsync(Question, Cancellation);
        using SandboxPhone second = new(_server, "919000007002");
        await second.AskAsync(Question, Cancellation);
        Guid conversation = await _server.ConversationAsync(Customer);
        Guid colleague = await _server.Database.ScalarAsync<Guid>("SELECT gen_random_uuid()");
        Guid key = Guid.NewGuid();
        ReplyOutcome first = await SendAsync(conversation, _server.OwnerId, "Do come by!");

        ReplyOutcome same = await SendAsync(conversation, _server.OwnerId, "Do come by!");
        ReplyOutcome other = await SendAsync(
            elsewhere ? await _server.ConversationAsync("919000007002") : conversation, byAnother ? colleague : _server.OwnerId, text);
        await _server.SettledAsync();

        Assert.IsType<ReplyOutcome.Queued>(first);
        Assert.Equal(first, same);
        Assert.IsNotType<ReplyOutcome.Queued>(other);
        Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM vault.message WHERE direction = 'out' AND source = 'dashboard'"));

        Task<ReplyOutcome> SendAsync(Guid to, Guid person, string words) =>
            _server.Get<Replies>().SendAsync(_server.ClientId, to, person, words, key, Cancellation);
    }

    private async Task<Guid> ReplyAsync(Guid conversation, string text) => Assert.IsType<ReplyOutcome.Queued>(await _server.Get<Replies>().SendAsync(
        _server.ClientId, conversation, _server.OwnerId, text, Guid.NewGuid(), Cancellation)).MessageId;

    private async Task<IReadOnlyList<string>> DelaysAsync(IReadOnlyList<Guid> messages)
    {
        IReadOnlyDictionary<Guid, SendDelay> delays = await _server.Get<SendDelays>().OfAsync(_server.ClientId, messages, Cancellation);
        return [.. messages.Where(delays.ContainsKey).Select(id => delays[id].Stored)];
    }

    private Task StatusAsync(string status) => Eventually.TrueAsync(async () =>
        (await _server.MessagesAsync(Customer)).Any(message => message.Direction == "out" && message.Status == status));

    private async Task<int> BusinessMessagesAsync() =>
        (await _phone.MessagesAsync(Cancellation)).Count(message => message.GetProperty("direction").GetString() == "business");

    private async Task<int> GraphAsync(string counter)
    {
        JsonElement state = await _server.SandboxStateAsync();
        return state.GetProperty("graph").GetProperty(counter).GetInt32();
    }

    private Task<string> ReportsAsync(Guid messageId) => _server.Database.ScalarAsync<string>(
        $"SELECT string_agg(status, ' ' ORDER BY status) FROM vault.message_status WHERE message_id = '{messageId}'");
}

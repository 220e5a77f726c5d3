using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Munshi.Keyring;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Intake;

public sealed class ReceivedUpdateTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_delivery_of_a_thousand_updates_is_stored_whole()
    {
        const int Count = 1000;
        string first = shared.NewCustomer();
        JsonObject[] messages = [.. Enumerable.Range(0, Count).Select(i => MetaPayload.Text($"9190001{i:D5}", "A question nobody can answer, number " + i))];
        messages[0]["from"] = first;
        byte[] body = MetaPayload.Messages(messages);
        int before = await SettledCountAsync("stored");

        long began = Stopwatch.GetTimestamp();
        await DeliverAsync(body);
        TimeSpan acknowledged = Stopwatch.GetElapsedTime(began);
        await EventuallyAsync(TimeSpan.FromSeconds(60), async () => await SettledCountAsync("stored") >= before + Count);

        TestContext.Current.TestOutputHelper?.WriteLine($"1,000 updates: 200 after {acknowledged.TotalMilliseconds:F0} ms, all stored after {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
        Assert.Equal(0, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM intake.update WHERE state = 'failed'"));
        Assert.Equal(Count, await _server.Database.ScalarAsync<int>("SELECT max(update_count) FROM intake.delivery"));
        await EventuallyAsync(TimeSpan.FromSeconds(90), async () =>
            await _server.Database.ScalarAsync<long>("SELECT count(*) FROM work.job WHERE dead_at IS NULL") == 0);
        Assert.Single(await _server.MessagesAsync(first), message => message.Direction == "in");
    }

    [Theory]
    [InlineData("image")]
    [InlineData("ephemeral_hologram")]
    [InlineData("Not-A_Kind!")]
    [InlineData("")]
    public async Task A_kind_that_is_not_handled_is_kept_whole_and_given_to_a_person(string type)
    {
        string customer = shared.NewCustomer();
        JsonObject message = MetaPayload.Message(customer, type.Length == 0 ? "x" : type, new JsonObject { ["deep"] = new JsonArray(1, new JsonObject { ["secret"] = "kept" }) });
        message["type"] = type;

        await DeliverAsync(MetaPayload.Messages(message));
        await _server.SettledAsync();

        StoredMessage stored = Assert.Single(await _server.MessagesAsync(customer), m => m.Direction == "in");
        Assert.Equal(type is "image" or "ephemeral_hologram" ? type : "unknown", stored.Kind);
        Assert.Null(stored.Text);
        JsonNode raw = JsonNode.Parse(await RawAsync(stored.Id))!["message"]!;
        Assert.True(JsonNode.DeepEquals(message, raw));
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(customer)).Owner);
    }

    [Fact]
    public async Task A_reaction_is_attached_to_its_message_and_wants_no_answer()
    {
        string customer = shared.NewCustomer();
        JsonObject question = MetaPayload.Text(customer, "What are your timings?");
        await DeliverAsync(MetaPayload.Messages(question));
        await EventuallyAsync(async () => (await _server.MessagesAsync(customer)).Count == 2);
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Message(
            customer, "reaction", new JsonObject { ["message_id"] = (string)question["id"]!, ["emoji"] = "\U0001F44D" })));
        await _server.SettledAsync();

        IReadOnlyList<StoredMessage> messages = await _server.MessagesAsync(customer);
        StoredMessage reaction = Assert.Single(messages, message => message.Kind == "reaction");
        Assert.Equal("\U0001F44D", reaction.Text);
        Assert.Equal(messages[0].Id, await ReferredAsync(reaction));
        Assert.Equal(3, messages.Count);
        Assert.Equal(0, await RunsAsync(reaction.Id));
    }

    [Fact]
    public async Task A_reaction_to_our_answer_finds_it_also_when_the_customer_has_got_another_identifier_since()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, "What are your timings?")));
        await EventuallyAsync(async () => (await _server.MessagesAsync(customer)).Count == 2);
        StoredMessage answer = (await _server.MessagesAsync(customer))[1];
        await DeliverAsync(MetaPayload.Statuses(MetaPayload.Status("wamid.R" + customer, "sent", customer, answer.Id.ToString())));
        await _server.SettledAsync();
        JsonObject reaction = MetaPayload.Message(customer, "reaction", new JsonObject { ["message_id"] = "wamid.R" + customer, ["emoji"] = "\U0001F64F" });
        reaction["from_user_id"] = $"IN.77{customer}";

        await DeliverAsync(MetaPayload.Messages(reaction));
        await _server.SettledAsync();

        StoredMessage stored = Assert.Single(await _server.MessagesAsync(customer), message => message.Kind == "reaction");
        Assert.Equal(answer.Id, await ReferredAsync(stored));
    }

    [Theory]
    [InlineData("interactive", """{"type":"button_reply","button_reply":{"id":"hours","title":"Shop timings"}}""", "Shop timings")]
    [InlineData("interactive", """{"type":"list_reply","list_reply":{"id":"hours","title":"Shop timings","description":"d"}}""", "Shop timings")]
    [InlineData("button", """{"payload":"hours","text":"Shop timings"}""", "Shop timings")]
    public async Task A_tapped_option_that_was_never_offered_is_stored_as_a_reply_and_met_with_a_menu(string type, string part, string title)
    {
        string customer = shared.NewCustomer();

        await DeliverAsync(MetaPayload.Messages(MetaPayload.Message(customer, type, JsonNode.Parse(part))));
        await EventuallyAsync(async () => (await _server.MessagesAsync(customer)).Count == 2);

        IReadOnlyList<StoredMessage> messages = await _server.MessagesAsync(customer);
        Assert.Equal(("reply", title), (messages[0].Kind, messages[0].Text));
        Assert.Equal(("out", "list"), (messages[1].Direction, messages[1].Kind));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("253370764800")]
    [InlineData("-1")]
    [InlineData("99999999999999999999999")]
    [InlineData("soon")]
    public async Task An_implausible_time_is_not_believed_and_opens_no_window(string timestamp)
    {
        string customer = shared.NewCustomer();
        JsonObject message = MetaPayload.Text(customer, "What are your timings?");
        message["timestamp"] = timestamp;

        await DeliverAsync(MetaPayload.Messages(message));
        await _server.SettledAsync();

        StoredMessage stored = Assert.Single(await _server.MessagesAsync(customer));
        Assert.Null(stored.ProviderAt);
        ConversationState conversation = await _server.StateAsync(customer);
        Assert.Null(conversation.WindowFrom);
        Assert.Equal(OwnerKind.Waiting, conversation.Owner);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_shown_as_a_replacement_and_kept_as_sent()
    {
        string customer = shared.NewCustomer();
        string json = System.Text.Encoding.UTF8.GetString(MetaPayload.Messages(MetaPayload.Text(customer, "before HALF after")))
            .Replace("HALF", "\\ud83d", StringComparison.Ordinal);

        await DeliverAsync(System.Text.Encoding.UTF8.GetBytes(json));
        await _server.SettledAsync();

        StoredMessage stored = Assert.Single(await _server.MessagesAsync(customer), message => message.Direction == "in");
        Assert.Equal("before \uFFFD after", stored.Text);
        Assert.Contains("before \\ud83d after", System.Text.Encoding.UTF8.GetString(await RawAsync(stored.Id)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_65536_characters_is_stored_whole()
    {
        string customer = shared.NewCustomer();
        string text = string.Concat(Enumerable.Range(0, 65_536 / 8).Select(i => $"{i:D7} "));

        await DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, text)));
        await _server.SettledAsync();

        Assert.Equal(text, Assert.Single(await _server.MessagesAsync(customer), message => message.Direction == "in").Text);
    }

    [Fact]
    public async Task A_message_delivered_again_stands_once_and_is_answered_once()
    {
        string customer = shared.NewCustomer();
        byte[] body = MetaPayload.Messages(MetaPayload.Text(customer, "What are your timings?"));
        int duplicates = await SettledCountAsync("duplicate");

        await DeliverAsync(body);
        await DeliverAsync(body);
        await EventuallyAsync(async () => await SettledCountAsync("duplicate") == duplicates + 1);
        await _server.SettledAsync();

        Assert.Equal(["in", "out"], (await _server.MessagesAsync(customer)).Select(message => message.Direction));
    }

    [Fact]
    public async Task Sixteen_copies_at_once_with_phone_or_user_id_or_both_stand_once()
    {
        for (int round = 0; round < 5; round++)
        {
            string customer = shared.NewCustomer();
            JsonObject known = MetaPayload.Text(customer, "What are your timings?");
            known["from_user_id"] = $"IN.88{customer}";
            await DeliverAsync(MetaPayload.Messages(known));
            await EventuallyAsync(async () => (await _server.MessagesAsync(customer)).Count == 2);
            int duplicates = await SettledCountAsync("duplicate");
            JsonObject byPhone = MetaPayload.Text(customer, "Is there parking near the shop?");
            JsonObject byBoth = (JsonObject)byPhone.DeepClone();
            byBoth["from_user_id"] = $"IN.88{customer}";
            byte[][] bodies = [MetaPayload.Messages(byPhone), MetaPayload.Messages(byBoth)];

            await Task.WhenAll(Enumerable.Range(0, 16).Select(i => DeliverAsync(bodies[i % 2])));
            await EventuallyAsync(async () => await SettledCountAsync("duplicate") == duplicates + 15);
            await _server.SettledAsync();

            IReadOnlyList<StoredMessage> messages = await _server.MessagesAsync(customer);
            Assert.Equal(["in", "out", "in", "out"], messages.Select(message => message.Direction));
        }
    }

    private async Task DeliverAsync(byte[] body)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
    }

    private Task<int> SettledCountAsync(string state) =>
        _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM intake.update WHERE state = '{state}'");

    private Task<int> RunsAsync(Guid messageId) =>
        _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM responder.agent_run WHERE message_id = '{messageId}'");

    private Task<Guid> ReferredAsync(StoredMessage message) => _server.Database.ScalarAsync<Guid>(
        $"SELECT message_id FROM vault.provider_reference WHERE reference = '\\x{Convert.ToHexString(message.RefersTo!)}'");

    private async Task<byte[]> RawAsync(Guid messageId)
    {
        byte[] sealedRaw = await _server.Database.ScalarAsync<byte[]>($"SELECT raw_sealed FROM vault.message WHERE id = '{messageId}'");
        Guid keyId = await _server.Database.ScalarAsync<Guid>($"SELECT key_id FROM vault.message WHERE id = '{messageId}'");
        return SealedValue.Open(
            _server.Get<KeyCustodian>().Get(keyId), new SealContext(_server.ClientId, messageId, MessageRecord.RawColumn), sealedRaw);
    }

    private static Task EventuallyAsync(Func<Task<bool>> condition) => Eventually.TrueAsync(condition);

    private static async Task EventuallyAsync(TimeSpan atMost, Func<Task<bool>> condition)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        deadline.CancelAfter(atMost);
        while (!await condition())
        {
            await Task.Delay(50, deadline.Token);
        }
    }
}

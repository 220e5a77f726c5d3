using System.Net;
using System.Text.Json.Nodes;
using Munshi.Audit;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Intake;

public sealed class GroupedUpdatesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_waits_in_numbers_is_stored_in_the_order_in_which_it_came_by_few_transactions()
    {
        string[] customers = [shared.NewCustomer(), shared.NewCustomer(), shared.NewCustomer()];
        await BefriendAsync(customers);

        await DeliverAsync([.. Enumerable.Range(0, 120).Select(i => MetaPayload.Text(customers[i % 3], $"line {i:D3}"))]);
        await _server.SettledAsync();

        foreach ((string customer, int place) in customers.Select((customer, place) => (customer, place)))
        {
            StoredMessage[] lines = [.. (await _server.MessagesAsync(customer)).Where(message => message.Text?.StartsWith("line", StringComparison.Ordinal) is true).OrderBy(line => line.Turn)];
            Assert.Equal(Enumerable.Range(0, 40).Select(i => $"line {(i * 3) + place:D3}"), lines.Select(line => line.Text));
            Assert.Equal(Enumerable.Range(2, 40), lines.Select(line => (int)line.Turn));
            Assert.Equal(41, (await _server.StateAsync(customer)).InboundCount);
        }

        string theirs = await OfAsync(customers);
        Assert.InRange(await _server.Database.ScalarAsync<int>($"SELECT count(DISTINCT xmin::text)::int FROM vault.message WHERE turn > 1 AND {theirs}"), 1, 20);
        Assert.Equal(120, await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM responder.agent_run WHERE decision = 'silent' AND message_id IN (SELECT id FROM vault.message WHERE turn > 1 AND {theirs})"));
        await LedgerIsIntactAsync();
    }

    [Fact]
    public async Task Messages_of_one_moment_are_shown_in_the_order_in_which_they_came()
    {
        string customer = shared.NewCustomer();
        await BefriendAsync(customer);

        await DeliverAsync([.. Enumerable.Range(0, 40).Select(i => MetaPayload.Text(customer, $"line {i:D3}"))]);
        await _server.SettledAsync();

        string theirs = await OfAsync([customer]);
        Assert.Equal(0, await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM (SELECT turn < lag(turn) OVER (PARTITION BY xmin::text, at ORDER BY id) AS goes_back FROM vault.message WHERE {theirs}) AS shown WHERE goes_back"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(30)]
    public async Task What_a_stranger_writes_in_one_breath_is_stored_in_its_order(int atOnce)
    {
        string customer = shared.NewCustomer();
        foreach (int[] delivery in Enumerable.Range(0, 30).Chunk(atOnce))
        {
            await DeliverAsync([.. delivery.Select(i => MetaPayload.Text(customer, $"line {i:D3}"))]);
        }

        await _server.SettledAsync();

        await StandInOrderAsync(customer, 30);
    }

    [Fact]
    public async Task Nothing_overtakes_a_quotation_by_somebody_with_two_identifiers()
    {
        string customer = shared.NewCustomer();
        JsonObject first = MetaPayload.Text(customer, "line 000");
        first["from_user_id"] = $"IN.77{customer}";
        await DeliverAsync(first);
        await _server.SettledAsync();
        JsonObject[] messages = [.. Enumerable.Range(1, 20).Select(i => MetaPayload.Text(customer, $"line {i:D3}"))];
        messages[4]["context"] = new JsonObject { ["from"] = customer, ["id"] = (string)first["id"]! };

        await DeliverAsync(messages);
        await _server.SettledAsync();

        await StandInOrderAsync(customer, 21);
    }

    [Fact]
    public async Task A_message_that_comes_several_times_among_many_stands_once()
    {
        string customer = shared.NewCustomer();
        await BefriendAsync(customer);
        JsonObject[] messages = [.. Enumerable.Range(0, 20).Select(i => MetaPayload.Text(customer, $"line {i:D3}"))];
        await DeliverAsync(messages[..5]);
        await _server.SettledAsync();

        await DeliverAsync([.. messages, .. messages[..10]]);
        await _server.SettledAsync();

        Assert.Equal(21, (await _server.MessagesAsync(customer)).Count(message => message.Direction == "in"));
        Assert.Equal(15, await _server.Database.ScalarAsync<int>(
            "SELECT count(*)::int FROM intake.update WHERE state = 'duplicate' AND delivery_id = (SELECT id FROM intake.delivery ORDER BY received_at DESC LIMIT 1)"));
        Assert.Equal(21, (await _server.StateAsync(customer)).InboundCount);
    }

    [Fact]
    public async Task A_message_that_comes_under_both_identifiers_of_a_customer_stands_once()
    {
        string customer = shared.NewCustomer();
        JsonObject first = MetaPayload.Text(customer, "talk to a person");
        first["from_user_id"] = $"IN.77{customer}";
        await DeliverAsync(first);
        await _server.SettledAsync();
        JsonObject[] byPhone = [.. Enumerable.Range(0, 12).Select(i => MetaPayload.Text(customer, $"line {i:D3}"))];
        JsonObject[] byBoth = [.. byPhone.Select(message => message.DeepClone().AsObject())];
        foreach (JsonObject message in byBoth)
        {
            message["from_user_id"] = $"IN.77{customer}";
        }

        await DeliverAsync([.. byPhone[..6], .. byBoth]);
        await DeliverAsync([.. byPhone[6..], .. byBoth]);
        await _server.SettledAsync();

        Assert.Equal(13, (await _server.MessagesAsync(customer)).Count(message => message.Direction == "in"));
    }

    [Fact]
    public async Task What_needs_more_looking_is_received_beside_the_others()
    {
        string known = shared.NewCustomer();
        string stranger = shared.NewCustomer();
        await BefriendAsync(known);
        JsonObject question = MetaPayload.Text(known, "line 000");
        JsonObject reaction = MetaPayload.Message(known, "reaction", new JsonObject { ["message_id"] = (string)question["id"]!, ["emoji"] = "\U0001F44D" });
        JsonObject quoting = MetaPayload.Text(known, "line 001");
        quoting["context"] = new JsonObject { ["from"] = known, ["id"] = (string)question["id"]! };
        JsonObject nobody = MetaPayload.Text(known, "no id");
        nobody.Remove("id");

        await DeliverAsync([question, reaction, quoting, nobody, MetaPayload.Text(stranger, "talk to a person"), .. Enumerable.Range(2, 10).Select(i => MetaPayload.Text(known, $"line {i:D3}"))]);
        await _server.SettledAsync();

        IReadOnlyList<StoredMessage> messages = await _server.MessagesAsync(known);
        Guid asked = messages.Single(message => message.Text == "line 000").Id;
        Assert.Equal(asked, await ReferredAsync(messages.Single(message => message.Kind == "reaction")));
        Assert.Equal(asked, await ReferredAsync(messages.Single(message => message.Text == "line 001")));
        Assert.Equal((13L, 14), ((await _server.StateAsync(known)).InboundCount, messages.Count(message => message.Direction == "in")));
        Assert.Single(await _server.MessagesAsync(stranger), message => message.Direction == "in");
        Assert.Equal("no-message-id", await _server.Database.ScalarAsync<string>("SELECT string_agg(reason, ' ') FROM intake.update WHERE reason <> 'key-gone' AND state = 'failed'"));
        await LedgerIsIntactAsync();
    }

    [Fact]
    public async Task One_update_that_does_not_open_holds_up_none_of_the_others()
    {
        string customer = shared.NewCustomer();
        await BefriendAsync(customer);
        await _server.Database.AsSuperuserAsync(
            """
            CREATE FUNCTION public.alter_one() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF NEW.ordinal = 7 THEN NEW.body_sealed = set_byte(NEW.body_sealed, 20, get_byte(NEW.body_sealed, 20) # 1); END IF; RETURN NEW; END $$;
            CREATE TRIGGER alter_one BEFORE INSERT ON intake.update FOR EACH ROW EXECUTE FUNCTION public.alter_one();
            """);
        try
        {
            await DeliverAsync([.. Enumerable.Range(0, 20).Select(i => MetaPayload.Text(customer, $"line {i:D3}"))]);
            await Eventually.TrueAsync(async () => (await _server.MessagesAsync(customer)).Count(message => message.Direction == "in") == 20);
            Assert.Equal(1, await _server.Database.ScalarAsync<int>("SELECT count(*)::int FROM intake.update WHERE state = 'pending'"));
        }
        finally
        {
            await _server.Database.AsSuperuserAsync(
                "DROP TRIGGER alter_one ON intake.update; DROP FUNCTION public.alter_one(); DELETE FROM work.job WHERE kind = 'intake.update'; UPDATE intake.update SET state = 'failed', reason = 'key-gone', settled_at = now() WHERE state = 'pending'");
        }
    }

    [Fact]
    public async Task A_stop_among_many_messages_is_heard_and_confirmed()
    {
        string customer = shared.NewCustomer();
        await DeliverAsync(MetaPayload.Text(customer, "What are your timings?"));
        await _server.SettledAsync();

        await DeliverAsync([.. Enumerable.Range(0, 15).Select(i => MetaPayload.Text(customer, i == 7 ? "STOP" : $"line {i:D3}"))]);
        await _server.SettledAsync();

        Assert.True((await _server.StateAsync(customer)).OptedOut);
    }

    /// <summary>Known customers whose conversations people have.</summary>
    private async Task BefriendAsync(params string[] customers)
    {
        foreach (string customer in customers)
        {
            await DeliverAsync(MetaPayload.Text(customer, "talk to a person"));
        }

        await _server.SettledAsync();
    }

    private async Task DeliverAsync(params JsonObject[] messages)
    {
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(messages), Cancellation));
    }

    private async Task StandInOrderAsync(string customer, int count) => Assert.Equal(
        Enumerable.Range(0, count).Select(i => $"line {i:D3}"),
        (await _server.MessagesAsync(customer)).Where(message => message.Direction == "in").OrderBy(message => message.Turn).Select(message => message.Text));

    private async Task LedgerIsIntactAsync() =>
        await Eventually.TrueAsync(async () => (await _server.Get<LedgerVerifier>().VerifyAsync(_server.ClientId, Cancellation)).IsOk);

    private async Task<Guid> ReferredAsync(StoredMessage message) =>
        await _server.Database.ScalarAsync<Guid>($"SELECT message_id FROM vault.provider_reference WHERE reference = '\\x{Convert.ToHexString(message.RefersTo!)}'");

    private async Task<string> OfAsync(string[] customers)
    {
        Guid[] conversations = await Task.WhenAll(customers.Select(_server.ConversationAsync));
        return $"conversation_id IN ({string.Join(", ", conversations.Select(id => $"'{id}'"))})";
    }
}

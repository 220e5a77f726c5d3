using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Responder;

public sealed class TurnTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Hours = "Aparajita Sarees is open Monday to Saturday, 11 am to 8 pm.";
    private const string Parking = "There is paid parking in Shiuli Lane, two minutes on foot from the shop.";
    private const string Unclear = "My cousin's parrot chewed the blue one you sold him in March";
    private const string HandOff = "A person from our team will reply to you here.";
    private const string Greeting = "I am the automatic assistant of Aparajita Sarees. Write PERSON at any time to reach our team.";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_names_its_source_in_the_record_of_its_run()
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, "What are your timings?");
        StoredMessage[] messages = [.. await AnsweredAsync(customer, 2)];

        Assert.Equal("answer clear-winner {hours}", await _server.Database.ScalarAsync<string>(
            $"SELECT decision || ' ' || reason || ' ' || sources::text FROM responder.agent_run WHERE message_id = '{messages[0].Id}' AND reply_message_id = '{messages[1].Id}'"));
    }

    [Fact]
    public async Task The_greeting_is_said_under_the_first_answer_only()
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, "What are your timings?");
        await AnsweredAsync(customer, 2);
        await WriteAsync(customer, "Is there parking near the shop?");

        Assert.Equal([$"{Hours}\n\n{Greeting}", Parking], Texts(await AnsweredAsync(customer, 4)));
    }

    [Fact]
    public async Task What_is_unclear_goes_to_people_and_the_customer_is_told_exactly_once()
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, Unclear);
        await AnsweredAsync(customer, 2);
        for (int more = 0; more < 5; more++)
        {
            await WriteAsync(customer, more % 2 == 0 ? Unclear : "What are your timings?");
        }

        await _server.SettledAsync();

        Assert.Equal([HandOff], Texts(await _server.MessagesAsync(customer)));
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(customer)).Owner);
    }

    [Fact]
    public async Task The_customer_is_told_of_the_hand_off_also_when_they_write_on_before_it_left()
    {
        string customer = shared.NewCustomer();
        await WhileUnsentAsync(customer, Unclear, async () => await WriteAsync(customer, "Hello?"));

        Assert.Equal([HandOff], Texts(await AnsweredAsync(customer, 3)));
        Assert.All(await _server.MessagesAsync(customer), message => Assert.NotEqual("cancelled", message.Status));
    }

    [Fact]
    public async Task After_hand_back_Munshi_answers_again_and_leaves_alone_what_people_had()
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, Unclear);
        await WriteAsync(customer, Unclear + ", twice");
        await _server.SettledAsync();
        await TakeOverAsync(customer);
        await WriteAsync(customer, "It was a large parrot");
        await _server.SettledAsync();
        await _server.Get<Ownership>().ReleaseAsync(_server.ClientId, await _server.ConversationAsync(customer), _server.OwnerId, null, Cancellation);

        await WriteAsync(customer, "What are your timings?");
        await _server.SettledAsync();

        Assert.Equal([HandOff, $"{Hours}\n\n{Greeting}"], Texts(await _server.MessagesAsync(customer)));
    }

    [Theory]
    [InlineData("PERSON", HandOff)]
    [InlineData("Talk to a human!", HandOff)]
    [InlineData("किसी से बात करनी है", "हमारी टीम का कोई सदस्य आपको यहीं जवाब देगा।")]
    [InlineData("মানুষের সাথে কথা", "আমাদের দলের একজন আপনাকে এখানেই উত্তর দেবেন।")]
    public async Task Whoever_asks_for_a_person_gets_one_in_the_language_of_their_script(string text, string told)
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, text);

        Assert.Equal([told], Texts(await AnsweredAsync(customer, 2)));
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(customer)).Owner);
        Assert.Equal("person-asked-for", await ReasonAsync(customer, 0));
    }

    [Theory]
    [InlineData("दुकान कितने बजे खुलती है", "मैं Aparajita Sarees का स्वचालित सहायक हूँ।")]
    [InlineData("দোকান কখন খোলে", "আমি Aparajita Sarees-এর স্বয়ংক্রিয় সহায়ক।")]
    [InlineData("dukan kab khulti hai", "I am the automatic assistant of Aparajita Sarees.")]
    public async Task Our_own_words_follow_the_script_of_the_question(string question, string greeting)
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, question);

        Assert.Contains(greeting, Assert.Single(Texts(await AnsweredAsync(customer, 2))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_stop_nothing_automatic_is_sent_until_start()
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, "STOP");
        await AnsweredAsync(customer, 2);
        await WriteAsync(customer, "stop");
        await WriteAsync(customer, "What are your timings?");
        await _server.SettledAsync();

        string? confirmed = Assert.Single(Texts(await _server.MessagesAsync(customer)));
        Assert.StartsWith("You will get no more automatic replies from us.", confirmed, StringComparison.Ordinal);
        Assert.Equal("responder program:responder", await _server.Database.ScalarAsync<string>(
            $"SELECT source || ' ' || author FROM vault.message WHERE direction = 'out' AND conversation_id = '{await _server.ConversationAsync(customer)}'"));
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(customer)).Owner);

        await _server.Get<Ownership>().ReleaseAsync(_server.ClientId, await _server.ConversationAsync(customer), _server.OwnerId, null, Cancellation);
        await WriteAsync(customer, "START");
        await _server.SettledAsync();
        await WriteAsync(customer, "Is there parking near the shop?");
        await _server.SettledAsync();

        Assert.Equal(
            [confirmed, "Automatic replies are on again. How can we help?", $"{Parking}\n\n{Greeting}"], Texts(await _server.MessagesAsync(customer)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_is_heard_while_people_have_the_conversation(bool taken)
    {
        string customer = shared.NewCustomer();
        await WriteAsync(customer, Unclear);
        await _server.SettledAsync();
        if (taken)
        {
            await TakeOverAsync(customer);
        }

        await WriteAsync(customer, "STOP");
        await _server.SettledAsync();

        Assert.True((await _server.StateAsync(customer)).OptedOut);
        Assert.Equal(taken ? 1 : 2, Texts(await _server.MessagesAsync(customer)).Count());
    }

    [Fact]
    public async Task Stop_is_heard_also_when_a_question_follows_at_once()
    {
        string customer = shared.NewCustomer();
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        await meta.DeliverAsync(MetaPayload.Messages(MetaPayload.Text(customer, "STOP"), MetaPayload.Text(customer, "What are your timings?")), Cancellation);
        await _server.SettledAsync();

        Assert.True((await _server.StateAsync(customer)).OptedOut);
        Assert.DoesNotContain(Texts(await _server.MessagesAsync(customer)), text => text!.Contains("open Monday", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_newer_message_cancels_an_unsent_answer_and_both_questions_are_answered_in_one()
    {
        string customer = shared.NewCustomer();
        await WhileUnsentAsync(customer, "What are your timings?", async () => await WriteAsync(customer, "Is there parking near the shop?"));
        await _server.SettledAsync();

        IReadOnlyList<StoredMessage> messages = await _server.MessagesAsync(customer);
        Assert.Equal([$"{Hours}\n\n{Parking}\n\n{Greeting}"], await OnPhoneAsync(customer));
        Assert.Equal(("cancelled", "newer-message"), messages.Where(m => m.Direction == "out").Select(m => (m.Status, m.Reason)).First());
    }

    [Fact]
    public async Task An_answer_that_is_leaving_holds_the_next_one_back_and_nothing_is_lost()
    {
        await using RunningServer server = await RunningServer.StartAsync(shared.Postgres, Cancellation, "--Channels:GraphTimeout=00:00:02");
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(server, customer);
        await server.FaultsAsync(new { hangAfterAccept = 1 });
        await phone.WriteAsync(new { text = "What are your timings?" }, Cancellation);
        await Eventually.TrueAsync(async () => await server.Database.ScalarAsync<int>("SELECT count(*)::int FROM channel.outbox WHERE state = 'sending'") == 1);

        await phone.WriteAsync(new { text = "Is there parking near the shop?" }, Cancellation);
        await server.SettledAsync();

        Assert.Equal(
            [$"{Hours}\n\n{Greeting}", Parking],
            (await phone.MessagesAsync(Cancellation)).Where(m => m.GetProperty("direction").GetString() == "business").Select(m => m.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_burst_of_seven_questions_goes_to_people_and_none_is_passed_over()
    {
        string customer = shared.NewCustomer();
        await WhileUnsentAsync(customer, "What are your timings?", async () =>
        {
            using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
            await meta.DeliverAsync(
                MetaPayload.Messages([.. Enumerable.Repeat("Is there parking near the shop?", 6).Select(text => MetaPayload.Text(customer, text))]), Cancellation);
        });
        await _server.SettledAsync();

        Assert.Equal([HandOff], await OnPhoneAsync(customer));
    }

    [Fact]
    public async Task A_message_that_comes_after_its_window_closed_gets_no_automatic_answer()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        string yesterday = MetaPayload.Seconds(TimeProvider.System.GetUtcNow().AddHours(-25));
        await phone.WriteAsync(new { text = "What are your timings?", raw = new { timestamp = yesterday } }, Cancellation);
        await _server.SettledAsync();

        Assert.Single(await _server.MessagesAsync(customer));
        Assert.Equal("window-closed", await ReasonAsync(customer, 0));
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(customer)).Owner);
    }

    [Fact]
    public async Task Every_asking_message_has_exactly_one_run()
    {
        string customer = shared.NewCustomer();
        using MetaClient meta = new(_server.Webhook, RunningServer.AppSecret);
        await meta.DeliverAsync(
            MetaPayload.Messages([.. Enumerable.Range(0, 20).Select(i => MetaPayload.Text(customer, i % 3 == 0 ? "What are your timings?" : Unclear))]), Cancellation);
        await _server.SettledAsync();

        Assert.Equal(20, (await _server.MessagesAsync(customer)).Count(message => message.Direction == "in"));
        Assert.Equal("20 20", await _server.Database.ScalarAsync<string>(
            $"SELECT count(*) || ' ' || count(DISTINCT message_id) FROM responder.agent_run WHERE conversation_id = '{await _server.ConversationAsync(customer)}'"));
    }

    /// <summary>Lets something happen while the reply to a first text is queued: Graph refuses it with 429 until then.</summary>
    private async Task WhileUnsentAsync(string customer, string text, Func<Task> happens)
    {
        await _server.FaultsAsync(new { http429 = true });
        await WriteAsync(customer, text);
        Guid conversation = await _server.ConversationAsync(customer);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            $"SELECT count(*)::int FROM channel.outbox WHERE conversation_id = '{conversation}' AND state = 'queued' AND attempts = 1") == 1);
        int runs = await RunsAsync(conversation);
        await happens();
        await Eventually.TrueAsync(async () => await RunsAsync(conversation) > runs);
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<int>(
            "SELECT count(*)::int FROM work.job WHERE kind IN ('intake.update', 'responder.turn')") == 0);
        await _server.FaultsAsync(new { http429 = false });
    }

    private async Task WriteAsync(string customer, string text)
    {
        using SandboxPhone phone = new(_server, customer);
        await phone.WriteAsync(new { text }, Cancellation);
    }

    private async Task<IReadOnlyList<StoredMessage>> AnsweredAsync(string customer, int messages)
    {
        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(customer)).Count >= messages);
        await _server.SettledAsync();
        return await _server.MessagesAsync(customer);
    }

    private async Task TakeOverAsync(string customer) => Assert.IsType<OwnershipOutcome.Changed>(
        await _server.Get<Ownership>().TakeOverAsync(_server.ClientId, await _server.ConversationAsync(customer), _server.OwnerId, null, Cancellation));

    private async Task<IEnumerable<string?>> OnPhoneAsync(string customer)
    {
        using SandboxPhone phone = new(_server, customer);
        return (await phone.MessagesAsync(Cancellation))
            .Where(message => message.GetProperty("direction").GetString() == "business")
            .Select(message => message.GetProperty("text").GetString());
    }

    private Task<int> RunsAsync(Guid conversation) =>
        _server.Database.ScalarAsync<int>($"SELECT count(*)::int FROM responder.agent_run WHERE conversation_id = '{conversation}'");

    private async Task<string> ReasonAsync(string customer, int message) => await _server.Database.ScalarAsync<string>(
        $"SELECT reason FROM responder.agent_run WHERE message_id = '{(await _server.MessagesAsync(customer))[message].Id}'");

    private static IEnumerable<string?> Texts(IEnumerable<StoredMessage> messages) =>
        messages.Where(message => message is { Direction: "out", Status: not "cancelled" }).Select(message => message.Text);
}

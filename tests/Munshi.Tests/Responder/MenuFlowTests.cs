using System.Text.Json;
using Munshi.Audit;
using Munshi.Tests.Running;
using Munshi.Vault;

namespace Munshi.Tests.Responder;

/// <summary>Menus and buttons all the way: phone, webhook, policy, outbox, Graph, phone.</summary>
public sealed class MenuFlowTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Unclear = "delivery?";

    private readonly RunningServer _server = shared.Server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_chosen_from_the_list_on_the_phone_is_answered_with_its_entry()
    {
        using SandboxPhone phone = new(_server, shared.NewCustomer());
        JsonElement menu = await ReplyToAsync(phone, new { text = Unclear });
        string[] ids = [.. menu.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("id").GetString()!)];

        JsonElement answer = await ReplyToAsync(phone, new { listId = "entry:delivery-time" });

        Assert.Equal(4, ids.Length);
        Assert.Contains("entry:delivery-time", ids);
        Assert.Equal("person", ids[^1]);
        Assert.StartsWith("3 to 5 working days in West Bengal", answer.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_row_for_a_person_hands_the_conversation_over_and_says_so_once()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        await ReplyToAsync(phone, new { text = Unclear });

        JsonElement told = await ReplyToAsync(phone, new { listId = "person" });
        await phone.WriteAsync(new { listId = "person" }, Cancellation);
        await _server.SettledAsync();

        Assert.Equal("A person from our team will reply to you here.", told.GetProperty("text").GetString());
        Assert.Equal(2, (await phone.MessagesAsync(Cancellation)).Count(message => message.GetProperty("direction").GetString() == "business"));
        Assert.Equal(OwnerKind.Waiting, (await _server.StateAsync(customer)).Owner);
        Assert.Equal("person-asked-for en 3", await _server.Database.ScalarAsync<string>(
            $"SELECT reason || ' ' || language || ' ' || cardinality(offered) FROM responder.hand_off WHERE conversation_id = '{await _server.ConversationAsync(customer)}'"));
    }

    [Fact]
    public async Task Yes_is_recorded_and_answered_with_silence()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        JsonElement answer = await ReplyToAsync(phone, new { text = "What are your timings?" });

        await phone.WriteAsync(new { buttonId = "yes" }, Cancellation);
        await _server.SettledAsync();

        Assert.Equal("yes", answer.GetProperty("options")[0].GetProperty("id").GetString());
        Assert.Equal("true {hours}", await OutcomeAsync(customer));
        Assert.Equal(OwnerKind.Responder, (await _server.StateAsync(customer)).Owner);
        Assert.Single(await phone.MessagesAsync(Cancellation), message => message.GetProperty("direction").GetString() == "business");
    }

    [Fact]
    public async Task No_is_recorded_and_brings_the_next_best()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        await ReplyToAsync(phone, new { text = Unclear });
        await ReplyToAsync(phone, new { listId = "entry:delivery-time" });

        JsonElement others = await ReplyToAsync(phone, new { buttonId = "no" });

        Assert.Equal("false {delivery-time}", await OutcomeAsync(customer));
        string[] ids = [.. others.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("id").GetString()!)];
        Assert.DoesNotContain("entry:delivery-time", ids);
        Assert.Equal("person", ids[^1]);
    }

    [Fact]
    public async Task A_choice_that_comes_from_outside_is_offered_not_answered()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        await phone.WriteAsync(
            new { raw = new { type = "interactive", interactive = new { type = "list_reply", list_reply = new { id = "entry:hours", title = "qqq zzz" } } } }, Cancellation);
        await _server.SettledAsync();

        Assert.Equal("hand-off choice-unknown", await _server.Database.ScalarAsync<string>(
            $"SELECT decision || ' ' || reason FROM responder.agent_run WHERE conversation_id = '{await _server.ConversationAsync(customer)}'"));
    }

    [Fact]
    public async Task Everything_of_a_turn_is_in_the_ledger_and_it_verifies()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        await ReplyToAsync(phone, new { text = Unclear });
        await ReplyToAsync(phone, new { listId = "entry:delivery-time" });
        await phone.WriteAsync(new { buttonId = "yes" }, Cancellation);
        await _server.SettledAsync();
        await ReplyToAsync(phone, new { text = "PERSON" });
        await _server.SettledAsync();

        LedgerReport report = await _server.Get<LedgerVerifier>().VerifyAsync(_server.ClientId, Cancellation);

        Assert.Empty(report.Findings);
        Assert.Equal("list buttons text", await _server.Database.ScalarAsync<string>(
            $"SELECT string_agg(kind, ' ' ORDER BY at) FROM vault.message WHERE direction = 'out' AND conversation_id = '{await _server.ConversationAsync(customer)}'"));
        await _server.Database.AsSuperuserAsync(
            """
            BEGIN; ALTER TABLE responder.hand_off DISABLE TRIGGER immutable; UPDATE responder.hand_off SET reason = 'changed';
            ALTER TABLE responder.hand_off ENABLE ALWAYS TRIGGER immutable; COMMIT
            """);
        Assert.NotEmpty((await _server.Get<LedgerVerifier>().VerifyAsync(_server.ClientId, Cancellation)).Findings);
    }

    [Fact]
    public async Task Nothing_personal_is_in_what_travels_as_an_id()
    {
        string customer = shared.NewCustomer();
        using SandboxPhone phone = new(_server, customer);
        JsonElement menu = await ReplyToAsync(phone, new { text = Unclear });
        JsonElement answer = await ReplyToAsync(phone, new { listId = "entry:delivery-time" });

        Assert.All(
            menu.GetProperty("options").EnumerateArray().Concat(answer.GetProperty("options").EnumerateArray()),
            option => Assert.Matches("^(person|yes|no|entry:[A-Za-z0-9._-]{1,64})$", option.GetProperty("id").GetString()));
    }

    private async Task<JsonElement> ReplyToAsync(SandboxPhone phone, object message)
    {
        string id = await phone.WriteAsync(message, Cancellation);
        await phone.NextFromBusinessAsync(id, Cancellation);
        await _server.SettledAsync();
        return (await phone.MessagesAsync(Cancellation)).Last(shown => shown.GetProperty("direction").GetString() == "business");
    }

    private async Task<string> OutcomeAsync(string customer) => await _server.Database.ScalarAsync<string>(
        $"SELECT helped::text || ' ' || sources::text FROM responder.answer_outcome WHERE conversation_id = '{await _server.ConversationAsync(customer)}'");
}

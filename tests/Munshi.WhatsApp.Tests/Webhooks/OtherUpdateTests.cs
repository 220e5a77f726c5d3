using System.Text;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class OtherUpdateTests
{
    [Theory]
    [InlineData("marketing_messages", "stop", MarketingChoice.Stop)]
    [InlineData("marketing_messages", "resume", MarketingChoice.Resume)]
    [InlineData("marketing_messages", "pause", MarketingChoice.Unknown)]
    [InlineData("service_messages", "stop", MarketingChoice.Unknown)]
    public void Marketing_choice_is_read_for_its_customer(string category, string value, MarketingChoice choice)
    {
        UserPreference preference = UserPreference.Read(Assert.Single(Payload.Split(Payload.Delivery(Payload.Change("user_preferences", $$$"""
            "contacts":[{{{Payload.Asha}}}],"user_preferences":[{"wa_id":"919000000101","user_id":"IN.77","detail":"User said so","category":"{{{category}}}","value":"{{{value}}}","timestamp":1795244000}]
            """)))).Json);

        Assert.Equal((choice, category, value, "User said so"), (preference.Marketing, preference.Category, preference.Value, preference.Detail));
        Assert.Equal(
            (new CustomerIdentity("919000000101", "IN.77", null), "Asha Rao", "asha.rao", 1795244000L, PayloadFlaws.None),
            (preference.Customer, preference.ProfileName, preference.Username, preference.At.Seconds, preference.Flaws));
    }

    [Fact]
    public void Preference_of_a_customer_without_a_phone_number_is_read() =>
        Assert.Equal(
            new CustomerIdentity(null, "IN.77", null),
            UserPreference.Read(Assert.Single(Payload.Split(Payload.Delivery(Payload.Change(
                "user_preferences", """ "user_preferences":[{"user_id":"IN.77","category":"marketing_messages","value":"stop","timestamp":1795244000}] """)))).Json).Customer);

    [Fact]
    public void Contact_added_to_the_address_book_is_read()
    {
        AddressBookChange change = State("""{"type":"contact","action":"add","contact":{"full_name":"Asha Rao","first_name":"Asha","phone_number":"+919000000101"},"metadata":{"timestamp":"1795240000"}}""");

        Assert.Equal(
            ("contact", AddressBookAction.Add, "Asha Rao", "Asha", 1795240000L, PayloadFlaws.None),
            (change.Type, change.Action, change.FullName, change.FirstName, change.At.Seconds, change.Flaws));
        Assert.Equal(new CustomerIdentity("919000000101", null, null), change.Customer);
    }

    [Fact]
    public void Contact_removed_from_the_address_book_may_have_only_a_user_id()
    {
        AddressBookChange change = State("""{"type":"contact","action":"remove","contact":{"user_id":"IN.77","username":"asha.rao"},"metadata":{"timestamp":"1795240000"}}""");

        Assert.Equal((AddressBookAction.Remove, "asha.rao", null), (change.Action, change.Username, change.FullName));
        Assert.Equal(new CustomerIdentity(null, "IN.77", null), change.Customer);
    }

    [Fact]
    public void Contact_whose_number_is_kept_back_is_no_flaw()
    {
        AddressBookChange change = State("""{"type":"contact","action":"add","contact":{"full_name":"Asha Rao","phone_number":"","user_id":"IN.77"},"metadata":{"timestamp":"1795240000"}}""");

        Assert.Equal((new CustomerIdentity(null, "IN.77", null), PayloadFlaws.None), (change.Customer, change.Flaws));
    }

    [Fact]
    public void Handover_names_who_held_the_conversation_and_is_about_our_number()
    {
        WebhookUpdate update = Assert.Single(Payload.Split(Payload.Delivery(
            """{"field":"messaging_handovers","value":{"messaging_product":"whatsapp","recipient":{"display_phone_number":"919000000001","phone_number_id":"555000111222333"},"sender":{"phone_number":"919000000101","user_id":"IN.77"},"timestamp":"1795240025","type":"control_passed","control_passed":{"previous_owner_app_id":"600100","previous_owner_app_role":"meta_business_agent","previous_owner_role":"ai_agent","new_owner_role":"escalation"}}}""")));
        Handover handover = Handover.Read(update.Json)!;

        Assert.Equal((UpdateKind.Standby, "555000111222333"), (update.Kind, update.PhoneNumberId));
        Assert.Equal(
            ("control_passed", new CustomerIdentity("919000000101", "IN.77", null), 1795240025L, PayloadFlaws.None),
            (handover.Type, handover.Customer, handover.At.Seconds, handover.Flaws));
        Assert.Equal(("ai_agent", "escalation", "meta_business_agent", "600100"), (handover.FormerRole, handover.NewRole, handover.FormerApp, handover.FormerAppId));
    }

    [Fact]
    public void Message_on_standby_is_read_and_is_no_handover()
    {
        IReadOnlyList<WebhookUpdate> updates = Payload.Split(Payload.Delivery(
            Payload.Change("standby", $$$$""" "standby":{"contacts":[{{{{Payload.Asha}}}}],"messages":[{"from":"919000000101","id":"1","timestamp":"1795240023","type":"text","text":{"body":"hi"}}]} """),
            Payload.Change("standby", """ "standby":{"message_echoes":[{"id":"2","timestamp":"1795240024","message":{"to":"919000000101","type":"text","text":{"body":"hello"}}}]} """),
            Payload.Change("standby", """ "statuses":[{"id":"2","status":"read","timestamp":"1795240025","recipient_id":"919000000101"}] """)));
        InboundMessage question = InboundMessage.Read(updates[0].Json);
        InboundMessage answer = InboundMessage.Read(updates[1].Json);

        Assert.All(updates, update => Assert.Equal((UpdateKind.Standby, null), (update.Kind, Handover.Read(update.Json))));
        Assert.Equal(
            ("1", MessageSide.Customer, "919000000101", "Asha Rao", new TextContent("hi")),
            (question.ProviderId, question.Side, question.Customer.Phone, question.ProfileName, question.Content));
        Assert.Equal(
            ("2", MessageSide.Business, "919000000101", new TextContent("hello"), PayloadFlaws.None),
            (answer.ProviderId, answer.Side, answer.Customer.Phone, answer.Content, answer.Flaws));
        Assert.Equal(DeliveryStatus.Read, StatusUpdate.Read(updates[2].Json).Status);
    }

    [Fact]
    public void Rest_of_a_nested_standby_is_kept_where_it_stood()
    {
        IReadOnlyList<WebhookUpdate> updates = Payload.Split(Payload.Delivery(Payload.Change("standby", """
            "messages":[{"id":"outside"}],"standby":{"note":1,"contacts":[{"wa_id":"919000000102"}],"messages":[{"from":"919000000101","id":"inside"},{"id":"too"}]}
            """)));

        Assert.Equal([UpdateKind.Standby, UpdateKind.Standby, UpdateKind.Unknown], updates.Select(update => update.Kind));
        Assert.EndsWith("""
            "change":{"field":"standby","value":{"messages":[{"id":"outside"}],"standby":{"note":1,"contacts":[{"wa_id":"919000000102"}]}}}}
            """, updates[2].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_address_book_action_is_read_as_such() =>
        Assert.Equal((AddressBookAction.Unknown, "label"), (State("""{"type":"label","action":"merge"}""").Action, State("""{"type":"label"}""").Type));

    [Fact]
    public void Error_of_the_channel_is_read()
    {
        ChannelError read = ChannelError.Read(Assert.Single(Payload.Split(Payload.Delivery(Payload.Change(
            "messages", """ "errors":[{"code":130429,"title":"Rate limit hit","message":"Rate limit hit","error_data":{"details":"slow down"},"href":"/docs/x"}] """)))).Json);

        Assert.Equal(
            new ProviderError { Code = 130429, Title = "Rate limit hit", Message = "Rate limit hit", Details = "slow down", Link = "/docs/x" }, read.Error);
        Assert.Equal((null, false, "ChannelError { Code = 130429, Flaws = None }"), (read.Chunk, read.IsHistoryDeclined, read.ToString()));
    }

    [Fact]
    public void Declined_history_is_told()
    {
        ChannelError read = ChannelError.Read(Assert.Single(Payload.Split(Payload.Delivery(Payload.Change(
            "history", """ "history":[{"metadata":{"phase":0},"errors":[{"code":2593109,"title":"turned off"}]}] """)))).Json);

        Assert.True(read.IsHistoryDeclined);
        Assert.Equal(new HistoryChunk(0, null, null), read.Chunk);
    }

    [Fact]
    public void Progress_of_the_history_is_told_without_messages_too()
    {
        IReadOnlyList<WebhookUpdate> updates = Payload.Split(Payload.Delivery(Payload.Change("history", """
            "history":[{"metadata":{"phase":2,"chunk_order":9,"progress":100},"threads":[]},{"metadata":{"phase":1,"chunk_order":"3"},"threads":[{"id":"919000000101","messages":[]}]}]
            """)));

        Assert.Equal([UpdateKind.HistoryChunk, UpdateKind.HistoryChunk], updates.Select(update => update.Kind));
        Assert.Equal([new HistoryChunk(2, 9, 100), new HistoryChunk(1, null, null)], updates.Select(update => HistoryChunk.Read(update.Json)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"user_preference":[],"app_state":7,"error":"x","history":{"metadata":null}}""")]
    public void What_is_none_of_them_is_unreadable_and_no_exception(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);

        Assert.Equal(PayloadFlaws.Unreadable, UserPreference.Read(bytes).Flaws);
        Assert.Equal(PayloadFlaws.Unreadable, AddressBookChange.Read(bytes).Flaws);
        Assert.Equal(PayloadFlaws.Unreadable, ChannelError.Read(bytes).Flaws);
        Assert.Null(HistoryChunk.Read(bytes));
    }

    private static AddressBookChange State(string state) =>
        AddressBookChange.Read(Assert.Single(Payload.Split(Payload.Delivery(Payload.Change("smb_app_state_sync", $"\"state_sync\":[{state}]")))).Json);
}

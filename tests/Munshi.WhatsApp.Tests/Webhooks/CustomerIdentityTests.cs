using System.Text;
using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class CustomerIdentityTests
{
    private const string AshaId = "IN.7700000000000000101";

    [Theory]
    [InlineData("messages", "messages", """ "from":"919000000101","from_user_id":"IN.7700000000000000101","from_parent_user_id":"IN.ENT.1" """, "919000000101", AshaId, "IN.ENT.1")]
    [InlineData("messages", "messages", """ "from_user_id":"IN.7700000000000000101" """, null, AshaId, null)]
    [InlineData("messages", "messages", """ "from":"919000000101" """, "919000000101", null, null)]
    [InlineData("messages", "messages", """ "x":1 """, null, null, null)]
    [InlineData("smb_message_echoes", "message_echoes", """ "from":"919000000001","to":"919000000101","to_user_id":"IN.7700000000000000101" """, "919000000101", AshaId, null)]
    [InlineData("smb_message_echoes", "message_echoes", """ "from":"919000000001","to_user_id":"IN.7700000000000000101" """, null, AshaId, null)]
    [InlineData("messages", "messages", """ "from":"","from_user_id":"IN.7700000000000000101" """, null, AshaId, null)]
    [InlineData("smb_message_echoes", "message_echoes", """ "from":"919000000001","to":"","to_user_id":"IN.7700000000000000101","to_parent_user_id":"IN.ENT.1" """, null, AshaId, "IN.ENT.1")]
    [InlineData("history", "messages", """ "from":"919000000101" """, "919000000101", null, null)]
    [InlineData("history", "message_echoes", """ "from":"919000000001","to":"","to_user_id":"IN.7700000000000000101" """, null, AshaId, null)]
    [InlineData("history", "messages", """ "from":"919000000001","to":"919000000101" """, "919000000101", null, null)]
    [InlineData("standby", "messages", """ "from_user_id":"IN.7700000000000000101" """, null, AshaId, null)]
    [InlineData("standby", "message_echoes", """ "from":"919000000001","to_user_id":"IN.7700000000000000101" """, null, AshaId, null)]
    public void Customer_is_named_by_whatever_is_there(string field, string array, string members, string? phone, string? userId, string? parentUserId)
    {
        string delivery = Payload.Delivery(Payload.Change(field, $$"""
            "{{array}}":[{"id":"1","timestamp":"1795240800",{{members}}}]
            """));

        InboundMessage message = InboundMessage.Read(Assert.Single(Payload.Split(delivery)).Json);

        Assert.Equal(new CustomerIdentity(phone, userId, parentUserId), message.Customer);
        Assert.Equal(PayloadFlaws.None, message.Flaws);
    }

    [Theory]
    [InlineData("919000000101", """ "from":"919000000101" """, MessageSide.Customer)]
    [InlineData("919000000101", """ "from":"+919000000001","to":"919000000101" """, MessageSide.Business)]
    [InlineData("919000000101", """ "from":"919000000001" """, MessageSide.Business)]
    [InlineData("IN.7700000000000000101", """ "from_user_id":"IN.7700000000000000101" """, MessageSide.Customer)]
    [InlineData("IN.7700000000000000101", """ "to_user_id":"IN.7700000000000000101" """, MessageSide.Business)]
    [InlineData("IN.7700000000000000101", """ "x":1 """, MessageSide.Unknown)]
    public void History_tells_who_wrote_and_whose_thread_it_is(string thread, string members, MessageSide side)
    {
        string delivery = Payload.Delivery(Payload.Change("history", $$"""
            "history":[{"threads":[{"id":"{{thread}}","messages":[{"id":"1","timestamp":"1795000000",{{members}}}]}]}]
            """));

        InboundMessage message = InboundMessage.Read(Assert.Single(Payload.Split(delivery)).Json);

        Assert.Equal(side, message.Side);
        Assert.Equal(thread, message.Customer.UserId ?? message.Customer.Phone);
    }

    [Fact]
    public void Number_on_display_may_be_written_with_spaces()
    {
        InboundMessage message = InboundMessage.Read("""
            {"kind":"history","metadata":{"display_phone_number":"+91 90000-00001"},"message":{"id":"1","timestamp":"1795000000","from":"919000000001"}}
            """u8.ToArray());

        Assert.Equal(MessageSide.Business, message.Side);
    }

    [Fact]
    public void Member_called_message_is_not_taken_for_the_message_itself() =>
        Assert.Equal(
            (new TextContent("outer"), "text"),
            InboundMessage.Read("""{"kind":"message","message":{"type":"text","text":{"body":"outer"},"message":{"type":"text","text":{"body":"inner"}}}}"""u8.ToArray()) is { } read
                ? (read.Content, read.Type)
                : default);

    [Fact]
    public void History_item_tells_its_chunk_and_what_became_of_it()
    {
        WebhookUpdate update = Assert.Single(Payload.Split(Payload.Delivery(Payload.Change("history", """
            "history":[{"metadata":{"phase":1,"chunk_order":2,"progress":40},"threads":[{"id":"919000000101","messages":[{"id":"1","timestamp":"1795000000","history_context":{"status":"READ"}}]}]}]
            """))));

        InboundMessage message = InboundMessage.Read(update.Json);

        Assert.Equal(new HistoryChunk(1, 2, 40), message.Chunk);
        Assert.Equal((new HistoryContext("READ"), DeliveryStatus.Read), (message.History, message.History!.Status));
    }

    [Theory]
    [InlineData("SENT", DeliveryStatus.Sent)]
    [InlineData("DELIVERED", DeliveryStatus.Delivered)]
    [InlineData("PLAYED", DeliveryStatus.Played)]
    [InlineData("ERROR", DeliveryStatus.Failed)]
    [InlineData("PENDING", DeliveryStatus.Unknown)]
    [InlineData("", DeliveryStatus.Unknown)]
    public void History_status_has_its_meaning(string word, DeliveryStatus status) => Assert.Equal(status, new HistoryContext(word).Status);

    [Fact]
    public void Phone_and_user_id_of_two_contacts_are_one_customer()
    {
        InboundMessage message = InboundMessage.Read(Payload.Split(Payload.Delivery(Payload.Change("messages", """
            "contacts":[{"wa_id":"919000000101","profile":{"name":"Asha"}},{"user_id":"IN.77","profile":{"username":"asha.rao"},"identity_key_hash":"h="}],
            "messages":[{"from":"919000000101","from_user_id":"IN.77","id":"1","timestamp":"1795240800"}]
            """)))[0].Json);

        Assert.Equal(new CustomerIdentity("919000000101", "IN.77", null), message.Customer);
        Assert.Equal("h=", message.IdentityKeyHash);
    }

    [Fact]
    public void Contact_gives_what_the_message_lacks()
    {
        string delivery = Payload.Delivery(Payload.Change("messages", """
            "contacts":[{"wa_id":"919000000101","user_id":"IN.77","parent_user_id":"IN.ENT.1"}],"messages":[{"from":"919000000101","id":"1","timestamp":"1795240800"}]
            """));

        Assert.Equal(
            new CustomerIdentity("919000000101", "IN.77", "IN.ENT.1"), InboundMessage.Read(Assert.Single(Payload.Split(delivery)).Json).Customer);
    }

    [Fact]
    public void Contact_is_found_by_the_parent_user_id_too()
    {
        WebhookUpdate update = Assert.Single(Payload.Split(Payload.Delivery(Payload.Change("messages", """
            "contacts":[{"user_id":"IN.77","parent_user_id":"IN.ENT.1","profile":{"name":"Asha"}},{"user_id":"IN.78"}],
            "statuses":[{"id":"1","status":"read","timestamp":"1795241000","recipient_user_id":"IN.ENT.1"},{"id":"2","recipient_user_id":"IN.78"}]
            """))).Take(1));

        Assert.Equal("Asha", StatusUpdate.Read(update.Json).ProfileName);
    }

    [Fact]
    public void Bad_identity_is_noted_and_left_out()
    {
        InboundMessage message = InboundMessage.Read(Encoding.UTF8.GetBytes(
            """{"kind":"message","message":{"id":"1","timestamp":"1795240800","from":"no number","from_user_id":7.5,"to":[]}}"""));

        Assert.Equal((new CustomerIdentity(null, "7.5", null), PayloadFlaws.BadIdentity), (message.Customer, message.Flaws));
    }
}

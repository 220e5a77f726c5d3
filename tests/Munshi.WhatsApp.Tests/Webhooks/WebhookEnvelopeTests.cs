using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class WebhookEnvelopeTests
{
    [Fact]
    public void Update_is_self_contained_and_keeps_the_message_byte_for_byte()
    {
        const string message =
            """{ "from":"919000000101" ,"id":"wamid.IN01","timestamp":"1795240800","type":"text", "text":{"body":"\u0939\u093e\u0901 \/ <3"},"n":1.50e+2 }""";
        string delivery = Payload.Delivery(Payload.Change("messages", $$""" "contacts":[{{Payload.Asha}}],"messages":[{{message}}] """));

        WebhookUpdate update = Assert.Single(Payload.Split(delivery));

        Assert.Equal(
            $$"""{"field":"messages","kind":"message","waba_id":"300100200300400","metadata":{{Payload.Metadata}},"contacts":[{{Payload.Asha}}],"message":{{message}}}""",
            update.Text());
        Assert.Equal(
            (0, UpdateKind.Message, "555000111222333", "300100200300400", "messages"),
            (update.Ordinal, update.Kind, update.PhoneNumberId, update.WabaId, update.Field));
    }

    [Fact]
    public void Delivery_without_entries_holds_no_updates() =>
        Assert.Empty(Payload.Split("""{"object":"whatsapp_business_account","entry":[]}"""));

    [Fact]
    public void Every_part_of_a_mixed_delivery_is_an_update_in_the_order_of_the_bytes()
    {
        string delivery = Payload.Delivery(
            Payload.Change("messages", """ "statuses":[{"id":"1"},{"id":"2"}],"messages":[{"id":"3"}],"errors":[{"code":4}] """),
            Payload.Change("account_alerts", """ "alert":5 """),
            Payload.Change("smb_message_echoes", """ "message_echoes":[{"id":"6"}] """));

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(delivery);

        Assert.Equal(
            [UpdateKind.Status, UpdateKind.Status, UpdateKind.Message, UpdateKind.Error, UpdateKind.Account, UpdateKind.Echo],
            updates.Select(update => update.Kind));
        Assert.Equal(Enumerable.Range(0, 6), updates.Select(update => update.Ordinal));
    }

    [Theory]
    [InlineData("messages", "messages", UpdateKind.Message, "message", "message")]
    [InlineData("messages", "statuses", UpdateKind.Status, "status", "status")]
    [InlineData("messages", "errors", UpdateKind.Error, "error", "error")]
    [InlineData("smb_message_echoes", "message_echoes", UpdateKind.Echo, "echo", "message")]
    [InlineData("smb_message_echoes", "messages", UpdateKind.Echo, "echo", "message")]
    [InlineData("history", "messages", UpdateKind.HistoryItem, "history", "message")]
    [InlineData("smb_app_state_sync", "state_sync", UpdateKind.AppState, "app_state", "app_state")]
    [InlineData("user_preferences", "user_preferences", UpdateKind.UserPreference, "user_preference", "user_preference")]
    public void Array_is_split_by_its_field_and_name(string field, string array, UpdateKind kind, string kindName, string part)
    {
        WebhookUpdate update = Assert.Single(Payload.Split(Payload.Delivery(Payload.Change(field, $"\"{array}\":[{{\"x\":1}}]"))));

        using JsonDocument json = JsonDocument.Parse(update.Json);
        Assert.Equal(kind, update.Kind);
        Assert.Equal(kindName, json.RootElement.GetProperty("kind").GetString());
        Assert.Equal("""{"x":1}""", json.RootElement.GetProperty(part).GetRawText());
    }

    [Fact]
    public void Other_customers_of_the_same_delivery_are_not_in_an_update()
    {
        string delivery = Payload.Delivery(Payload.Change("messages", $$"""
            "contacts":[{{Payload.Ravi}},{{Payload.Asha}}],
            "messages":[{"from":"919000000101","id":"wamid.A"},{"from_user_id":"IN.7700000000000000102","id":"wamid.R"},{"from":"919000000109","id":"wamid.X"}],
            "statuses":[{"id":"wamid.S","recipient_id":"919000000102"},{"id":"wamid.T","recipient_user_id":"IN.7700000000000000101"}]
            """));

        string[] updates = [.. Payload.Split(delivery).Select(update => update.Text())];

        Assert.Equal([true, false, false, false, true], updates.Select(json => json.Contains("Asha")));
        Assert.Equal([false, true, false, true, false], updates.Select(json => json.Contains("Ravi")));
        Assert.Equal(5, updates.Distinct().Count());
    }

    [Fact]
    public void Only_contact_of_an_only_message_belongs_to_it_although_the_numbers_differ()
    {
        string delivery = Payload.Delivery(Payload.Change(
            "messages", """ "contacts":[{"profile":{"name":"Rui"},"wa_id":"5511900000101"}],"messages":[{"from":"551190000101","id":"1"}] """));

        Assert.Contains("Rui", Assert.Single(Payload.Split(delivery)).Text());
    }

    [Fact]
    public void Only_contact_with_another_user_id_does_not_belong_to_the_message()
    {
        string delivery = Payload.Delivery(Payload.Change(
            "messages", $$""" "contacts":[{{Payload.Asha}}],"messages":[{"from_user_id":"IN.7700000000000000102","id":"1"}] """));

        Assert.DoesNotContain("Asha", Assert.Single(Payload.Split(delivery)).Text());
    }

    [Fact]
    public void History_is_split_into_messages_that_know_their_thread_and_chunk()
    {
        string delivery = Payload.Delivery(Payload.Change("history", """
            "history":[{"metadata":{"phase":1,"chunk_order":2,"progress":40},"threads":[
              {"id":"919000000101","messages":[{"id":"wamid.H1"},{"id":"wamid.H2"}]},
              {"id":"919000000102","messages":[{"id":"wamid.H3"}]}]}]
            """));

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(delivery);

        Assert.All(updates, update => Assert.Equal(UpdateKind.HistoryItem, update.Kind));
        Assert.Equal(
            $$$"""{"field":"history","kind":"history","waba_id":"300100200300400","metadata":{{{Payload.Metadata}}},"history":{"metadata":{"phase":1,"chunk_order":2,"progress":40}},"thread":{"id":"919000000102"},"message":{"id":"wamid.H3"}}""",
            updates[2].Text());
        Assert.Equal(3, updates.Count);
    }

    [Fact]
    public void Declined_history_is_an_error()
    {
        WebhookUpdate update = Assert.Single(Payload.Split(
            Payload.Delivery(Payload.Change("history", """ "history":[{"errors":[{"code":2593109}]}] """))));

        Assert.Equal(UpdateKind.Error, update.Kind);
        Assert.EndsWith(""" "error":{"code":2593109}}""".Trim(), update.Text());
    }

    [Theory]
    [InlineData("""{"field":"account_update","value":{"event":"DISABLED_UPDATE"}}""")]
    [InlineData("""{"field":"never_heard_of","value":[1,2]}""")]
    [InlineData("""{"field":"messages","value":{"messages":[]}}""")]
    [InlineData("""{"field":"messages","value":"text"}""")]
    [InlineData("""{"field":"messages"}""")]
    [InlineData("""{"value":{"messages":[{"id":"1"}]}}""")]
    [InlineData("null")]
    [InlineData("7")]
    public void Change_of_unknown_shape_is_kept_whole(string change)
    {
        WebhookUpdate update = Assert.Single(Payload.Split(Payload.Delivery(change)));

        Assert.Equal(UpdateKind.Account, update.Kind);
        Assert.Contains($"\"change\":{change}", update.Text());
    }

    [Fact]
    public void Unknown_part_beside_messages_is_kept_without_the_messages()
    {
        string delivery = Payload.Delivery(Payload.Change(
            "messages", $$""" "contacts":[{{Payload.Asha}}],"messages":[{"id":"1"}],"polls":[{"q":"?"}],"statuses":"odd" """));

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(delivery);

        Assert.Equal([UpdateKind.Message, UpdateKind.Account], updates.Select(update => update.Kind));
        Assert.EndsWith("""
            "change":{"field":"messages","value":{"polls":[{"q":"?"}],"statuses":"odd"}}}
            """, updates[1].Text());
    }

    [Theory]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"1","messaging":[{"text":"x"}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":["odd"]}""")]
    [InlineData("""{"object":"page","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"1"}]}}]}]}""")]
    public void Delivery_of_another_product_or_form_is_kept_whole(string delivery) =>
        Assert.Equal(UpdateKind.Account, Assert.Single(Payload.Split(delivery)).Kind);

    [Theory]
    [InlineData("", EnvelopeFlaw.NotJson)]
    [InlineData("{", EnvelopeFlaw.NotJson)]
    [InlineData("{\"entry\":[],}", EnvelopeFlaw.NotJson)]
    [InlineData("{\"entry\":[]} {}", EnvelopeFlaw.NotJson)]
    [InlineData("null", EnvelopeFlaw.NotADelivery)]
    [InlineData("[]", EnvelopeFlaw.NotADelivery)]
    [InlineData("\"entry\"", EnvelopeFlaw.NotADelivery)]
    [InlineData("{}", EnvelopeFlaw.NotADelivery)]
    [InlineData("{\"entry\":{}}", EnvelopeFlaw.NotADelivery)]
    public void Anything_else_is_malformed(string body, EnvelopeFlaw reason) =>
        Assert.Equal(new EnvelopeOutcome.Malformed(reason), WebhookEnvelope.Read(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData(0xff)]
    [InlineData(0xc0)]
    [InlineData(0xed)]
    public void Invalid_utf8_inside_a_string_is_malformed(byte lead)
    {
        byte[] body = Encoding.UTF8.GetBytes(Payload.Message(""" "type":"text","text":{"body":"@\u00e9"} """));
        int at = body.AsSpan().IndexOf((byte)'@');
        body[at] = lead;

        Assert.Equal(new EnvelopeOutcome.Malformed(EnvelopeFlaw.NotJson), WebhookEnvelope.Read(body));
    }

    [Fact]
    public void Nesting_is_accepted_to_64_and_malformed_beyond()
    {
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(
            "{\"entry\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}");

        Assert.IsType<EnvelopeOutcome.Updates>(WebhookEnvelope.Read(Nested(64)));
        Assert.Equal(new EnvelopeOutcome.Malformed(EnvelopeFlaw.NotJson), WebhookEnvelope.Read(Nested(65)));
        Assert.Equal(new EnvelopeOutcome.Malformed(EnvelopeFlaw.NotJson), WebhookEnvelope.Read(Nested(1_000_000)));
    }

    [Fact]
    public void Thousand_messages_of_a_thousand_customers_stay_apart()
    {
        string contacts = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$"""{"profile":{"name":"Name{{i:0000}}"},"wa_id":"91900000{{i:0000}}"}"""));
        string messages = string.Join(',', Enumerable.Range(0, 1000).Reverse().Select(i =>
            $$$"""{"from":"91900000{{{i:0000}}}","id":"wamid.{{{i:0000}}}","timestamp":"1795240800","type":"text","text":{"body":"Body{{{i:0000}}}"}}"""));

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(
            Payload.Delivery(Payload.Change("messages", $"\"contacts\":[{contacts}],\"messages\":[{messages}]")));

        Assert.Equal(1000, updates.Count);
        for (int i = 0; i < updates.Count; i++)
        {
            string number = $"{999 - i:0000}";
            InboundMessage message = InboundMessage.Read(updates[i].Json);
            Assert.Equal(i, updates[i].Ordinal);
            Assert.Equal(
                ("wamid." + number, "Name" + number, new TextContent("Body" + number)),
                (message.ProviderId, message.ProfileName, message.Content));
        }
    }

    [Fact]
    public void Updates_are_accepted_to_10_000_and_malformed_beyond()
    {
        static byte[] History(int count) => Encoding.UTF8.GetBytes(Payload.Delivery(Payload.Change(
            "history", $"\"history\":[{{\"threads\":[{{\"id\":\"1\",\"messages\":[{string.Join(',', Enumerable.Repeat("{}", count))}]}}]}}]")));

        Assert.Equal(10_000, Payload.Split(History(10_000)).Count);
        Assert.Equal(new EnvelopeOutcome.Malformed(EnvelopeFlaw.TooManyUpdates), WebhookEnvelope.Read(History(10_001)));
    }

    [Fact]
    public void Shared_parts_cannot_be_made_to_fill_the_memory()
    {
        string delivery = Payload.Delivery(
            $$$"""{"field":"messages","value":{"metadata":{"x":"{{{new string('x', 1_000_000)}}}"},"messages":[{{{string.Join(',', Enumerable.Repeat("{}", 9000))}}}]}}""");

        Assert.Equal(new EnvelopeOutcome.Malformed(EnvelopeFlaw.TooLarge), WebhookEnvelope.Read(Encoding.UTF8.GetBytes(delivery)));
    }

    [Fact]
    public void Lone_surrogates_are_kept_as_they_came()
    {
        string delivery = Payload.Delivery(Payload.Change(
            "messages",
            """ "contacts":[{"wa_id":"\ud800","profile":{"name":"\udc00"}}],"messages":[{"from":"\ud800","id":"1","type":"text","text":{"body":"a\ud83db"},"\udfff":1}] """));

        Assert.Contains("""
            "text":{"body":"a\ud83db"},"\udfff":1}
            """, Assert.Single(Payload.Split(delivery)).Text());
    }

    [Fact]
    public void Escaped_names_mean_what_they_spell()
    {
        string delivery = Payload.Message(""" "type":"text","text":{"body":"x"} """)
            .Replace("\"messages\":", "\"mess\\u0061ges\":", StringComparison.Ordinal)
            .Replace("\"phone_number_id\"", "\"phone\\u005Fnumber\\u005fid\"", StringComparison.Ordinal);

        WebhookUpdate update = Assert.Single(Payload.Split(delivery));

        Assert.Equal((UpdateKind.Message, "555000111222333"), (update.Kind, update.PhoneNumberId));
    }

    [Fact]
    public void Printed_update_shows_nothing_of_the_payload() =>
        Assert.Equal(
            "WebhookUpdate { Ordinal = 0, Kind = Message, Bytes = 20 }",
            (Assert.Single(Payload.Split(Payload.Message(""" "type":"text" """))) with { Json = new byte[20] }).ToString());
}

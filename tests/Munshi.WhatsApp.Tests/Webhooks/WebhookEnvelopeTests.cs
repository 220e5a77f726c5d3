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
    [InlineData("standby", "messages", UpdateKind.Standby, "standby", "message")]
    [InlineData("standby", "message_echoes", UpdateKind.Standby, "standby", "message")]
    [InlineData("standby", "statuses", UpdateKind.Standby, "standby", "status")]
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

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(delivery);

        Assert.Equal([UpdateKind.Message, UpdateKind.Unknown], updates.Select(update => update.Kind));
        Assert.DoesNotContain("Asha", updates[0].Text());
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
    [InlineData("account_update", UpdateKind.Account, "account")]
    [InlineData("account_alerts", UpdateKind.Account, "account")]
    [InlineData("account_review_update", UpdateKind.Account, "account")]
    [InlineData("business_capability_update", UpdateKind.Account, "account")]
    [InlineData("message_template_status_update", UpdateKind.Template, "template")]
    [InlineData("message_template_quality_update", UpdateKind.Template, "template")]
    [InlineData("template_category_update", UpdateKind.Template, "template")]
    [InlineData("phone_number_quality_update", UpdateKind.Number, "number")]
    [InlineData("phone_number_name_update", UpdateKind.Number, "number")]
    [InlineData("messaging_handovers", UpdateKind.Standby, "standby")]
    [InlineData("flows", UpdateKind.Unknown, "unknown")]
    public void Change_of_account_number_or_template_is_one_update_with_the_time_of_its_entry(string field, UpdateKind kind, string word)
    {
        WebhookUpdate update = Assert.Single(Payload.Split(Payload.Management(field, """{"event":"X"}""")));

        Assert.Equal((kind, field, "300100200300400", null), (update.Kind, update.Field, update.WabaId, update.PhoneNumberId));
        Assert.Equal(
            $$$$"""{"field":"{{{{field}}}}","kind":"{{{{word}}}}","waba_id":"300100200300400","time":1795243000,"change":{"field":"{{{{field}}}}","value":{"event":"X"}}}""",
            update.Text());
    }

    [Fact]
    public void Kind_words_are_stable_and_read_back() =>
        Assert.Equal(
            "account message status error echo history app_state user_preference template number history_chunk standby unknown",
            string.Join(' ', Enumerable.Range(0, 13).Select(value => UpdateKindWords.Read(((UpdateKind)value).Word()).Word())));

    [Theory]
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

        Assert.Equal(UpdateKind.Unknown, update.Kind);
        Assert.Contains($"\"change\":{change}", update.Text());
    }

    [Fact]
    public void Unknown_part_beside_messages_is_kept_without_the_messages()
    {
        string delivery = Payload.Delivery(Payload.Change(
            "messages", $$""" "contacts":[{{Payload.Asha}}],"messages":[{"id":"1"}],"polls":[{"q":"?"}],"statuses":"odd" """));

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(delivery);

        Assert.Equal([UpdateKind.Message, UpdateKind.Unknown], updates.Select(update => update.Kind));
        Assert.EndsWith("""
            "change":{"field":"messages","value":{"polls":[{"q":"?"}],"statuses":"odd"}}}
            """, updates[1].Text());
    }

    [Theory]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"id":"1","messaging":[{"text":"x"}]}]}""")]
    [InlineData("""{"object":"whatsapp_business_account","entry":["odd"]}""")]
    public void Entry_of_another_form_is_kept_whole(string delivery)
    {
        WebhookUpdate update = Assert.Single(Payload.Split(delivery));

        Assert.Equal(UpdateKind.Unknown, update.Kind);
        Assert.EndsWith("\"entry\":" + delivery[(delivery.IndexOf('[') + 1)..^2] + "}", update.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Delivery_of_another_product_is_kept_and_not_split()
    {
        IReadOnlyList<WebhookUpdate> updates = Payload.Split(
            """{"object":"page","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{"id":"1"},{"id":"2"}]}}]}]}""");

        Assert.Equal(
            [
                """{"field":"messages","kind":"unknown","waba_id":"1","change":{"field":"messages","value":{"messages":[{"id":"1"},{"id":"2"}]}}}""",
                """{"field":"","kind":"unknown","delivery.object":"page"}""",
            ],
            updates.Select(update => update.Text()));
    }

    [Fact]
    public void Contacts_that_no_item_names_are_kept_beside_them()
    {
        IReadOnlyList<WebhookUpdate> updates = Payload.Split(Payload.Delivery(Payload.Change(
            "messages", $$$""" "contacts":[{{{Payload.Asha}}},{{{Payload.Ravi}}}],"messages":[{"from":"919000000101","id":"1"}],"odd":1 """)));

        Assert.Equal([UpdateKind.Message, UpdateKind.Unknown], updates.Select(update => update.Kind));
        Assert.DoesNotContain("Ravi", updates[0].Text());
        Assert.EndsWith($$$$""" "change":{"field":"messages","value":{"odd":1,"contacts":[{{{{Payload.Ravi}}}}]}}}""".TrimStart(), updates[1].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Members_beside_what_is_split_are_kept_at_every_level()
    {
        IReadOnlyList<WebhookUpdate> updates = Payload.Split("""
            {"object":"whatsapp_business_account","sent":"a","by":{"b":1},"entry":[{"id":"1","time":7,"note":"b","changes":[{"field":"messages","hint":"c","value":{"messages":[{"id":"1"}]}}]}]}
            """);

        Assert.Equal(
            [
                """{"field":"messages","kind":"message","waba_id":"1","time":7,"message":{"id":"1"}}""",
                """{"field":"messages","kind":"unknown","waba_id":"1","time":7,"change":{"field":"messages","value":{},"hint":"c"}}""",
                """{"field":"","kind":"unknown","waba_id":"1","time":7,"entry":{"note":"b"}}""",
                """{"field":"","kind":"unknown","delivery.sent":"a","delivery.by":{"b":1}}""",
            ],
            updates.Select(update => update.Text()));
    }

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

    [Theory]
    [InlineData("""{"object":"whatsapp_business_account","odd":@,"entry":[]}""", 63)]
    [InlineData("""{"object":"whatsapp_business_account","entry":[@]}""", 62)]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"changes":[@]}]}""", 60)]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":[{}],"odd":@}}]}]}""", 58)]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"history","value":{"history":[{"odd":@,"threads":[{"messages":[{}]}]}]}}]}]}""", 56)]
    [InlineData("""{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"standby","value":{"standby":{"odd":@,"messages":[{}]}}}]}]}""", 57)]
    public void Deepest_delivery_gives_no_deeper_updates(string delivery, int depth)
    {
        string deepest = delivery.Replace("@", new string('[', depth) + new string(']', depth), StringComparison.Ordinal);
        string deeper = delivery.Replace("@", new string('[', depth + 1) + new string(']', depth + 1), StringComparison.Ordinal);

        Assert.All(Payload.Split(deepest), update => JsonDocument.Parse(update.Json).Dispose()); // to 64 levels
        Assert.Equal(new EnvelopeOutcome.Malformed(EnvelopeFlaw.NotJson), WebhookEnvelope.Read(Encoding.UTF8.GetBytes(deeper)));
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
    public void Thousand_updates_of_all_kinds_are_split_in_their_order()
    {
        (string Field, string Array, UpdateKind Kind, string Part)[] kinds =
        [
            ("messages", "messages", UpdateKind.Message, "message"),
            ("messages", "statuses", UpdateKind.Status, "status"),
            ("messages", "errors", UpdateKind.Error, "error"),
            ("smb_message_echoes", "message_echoes", UpdateKind.Echo, "message"),
            ("history", "messages", UpdateKind.HistoryItem, "message"),
            ("smb_app_state_sync", "state_sync", UpdateKind.AppState, "app_state"),
            ("user_preferences", "user_preferences", UpdateKind.UserPreference, "user_preference"),
            ("standby", "messages", UpdateKind.Standby, "message"),
        ];
        string Change(int i) => (i % 10) switch
        {
            8 => $$$"""{"field":"message_template_status_update","value":{"n":{{{i}}}}}""",
            9 => $$$"""{"field":"never_heard_of","value":{"n":{{{i}}}}}""",
            int at => Payload.Change(kinds[at].Field, $$"""
                "{{kinds[at].Array}}":[{"n":{{i}}}]
                """),
        };

        IReadOnlyList<WebhookUpdate> updates = Payload.Split(Payload.Delivery(Enumerable.Range(0, 1000).Select(Change)));

        Assert.Equal(1000, updates.Count);
        for (int i = 0; i < updates.Count; i++)
        {
            (UpdateKind kind, string part) = (i % 10) switch
            {
                8 => (UpdateKind.Template, "value"),
                9 => (UpdateKind.Unknown, "value"),
                int at => (kinds[at].Kind, kinds[at].Part),
            };
            Assert.Equal((i, kind), (updates[i].Ordinal, updates[i].Kind));
            Assert.Contains($$"""
                "{{part}}":{"n":{{i}}}
                """, updates[i].Text(), StringComparison.Ordinal);
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

using System.Globalization;
using System.Text;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class InboundMessageTests
{
    public static TheoryData<string, string> Kinds { get; } =
        [.. SamplePayloads.Messages.Select(message => new TheoryDataRow<string, string>(message.Members, message.Content))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_is_read_with_its_sender_and_time(string members, string content)
    {
        InboundMessage message = Payload.ReadMessage(members);

        Assert.Equal(content, message.Content.GetType().Name);
        Assert.Equal(
            ("wamid.IN01", "919000000101", "IN.7700000000000000101", "Asha Rao", "asha.rao", 1795240800L, PayloadFlaws.None),
            (message.ProviderId, message.From, message.FromUserId, message.ProfileName, message.Username, message.SentAt.Seconds, message.Flaws));
    }

    [Theory]
    [InlineData(""" "type":"text","text":{"body":"\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\ude4f \"ok\"\\\/\b\f\n\r\t"} """, "नमस्ते 🙏 \"ok\"\\/\b\f\n\r\t")]
    [InlineData(""" "type":"text","text":{"body":"কেমন আছেন"} """, "কেমন আছেন")]
    [InlineData(""" "type":"text","text":{"body":""} """, "")]
    [InlineData(""" "type":"text","text":{"body":"a\u0000b"} """, "a\0b")]
    [InlineData(""" "type":"text","text":{"body":"first","body":"last"} """, "last")]
    public void Text_is_read_as_it_was_written(string members, string body)
    {
        InboundMessage message = Payload.ReadMessage(members);

        Assert.Equal(new TextContent(body), message.Content);
        Assert.Equal(PayloadFlaws.None, message.Flaws);
    }

    [Theory]
    [InlineData("\\ud83d", "\uFFFD")]
    [InlineData("a\\udc00b", "a\uFFFDb")]
    [InlineData("\\udc4d\\ud83d", "\uFFFD\uFFFD")]
    [InlineData("\\ud83d\\ud83d\\udc4d", "\uFFFD👍")]
    public void Half_a_surrogate_pair_is_shown_as_the_replacement_character(string escaped, string body)
    {
        InboundMessage message = Payload.ReadMessage($$""" "type":"text","text":{"body":"{{escaped}}"} """);

        Assert.Equal(new TextContent(body), message.Content);
        Assert.Equal(PayloadFlaws.TextRepaired, message.Flaws);
    }

    [Fact]
    public void Text_is_kept_to_65_536_units_and_a_pair_is_never_cut()
    {
        InboundMessage whole = Payload.ReadMessage($$""" "type":"text","text":{"body":"{{new string('a', 65_536)}}"} """);
        InboundMessage cut = Payload.ReadMessage($$""" "type":"text","text":{"body":"{{new string('a', 65_535)}}👍"} """);

        Assert.Equal((new TextContent(new string('a', 65_536)), PayloadFlaws.None), (whole.Content, whole.Flaws));
        Assert.Equal((new TextContent(new string('a', 65_535)), PayloadFlaws.TextCut), (cut.Content, cut.Flaws));
    }

    [Fact]
    public void Replies_carry_our_id_and_the_words_seen()
    {
        Assert.Equal(
            new ReplyContent(ReplyKind.Button, "slot_10", "10 am"),
            Payload.ReadMessage(""" "type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"slot_10","title":"10 am"}} """).Content);
        Assert.Equal(
            new ReplyContent(ReplyKind.ListRow, "svc_3", "Repair") { Description = "Doorstep" },
            Payload.ReadMessage(""" "type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"svc_3","title":"Repair","description":"Doorstep"}} """).Content);
        Assert.Equal(
            new ReplyContent(ReplyKind.TemplateButton, "STOP_OFFERS", "Stop offers"),
            Payload.ReadMessage(""" "type":"button","button":{"payload":"STOP_OFFERS","text":"Stop offers"} """).Content);
    }

    [Theory]
    [InlineData(""" "message_id":"wamid.OUT05","emoji":"\ud83d\udc4d" """, "👍")]
    [InlineData(""" "message_id":"wamid.OUT05" """, null)]
    [InlineData(""" "message_id":"wamid.OUT05","emoji":"" """, null)]
    [InlineData(""" "message_id":"wamid.OUT05","emoji":null """, null)]
    public void Reaction_without_an_emoji_was_taken_back(string reaction, string? emoji) =>
        Assert.Equal(
            new ReactionContent("wamid.OUT05", emoji),
            Payload.ReadMessage($$""" "type":"reaction","reaction":{{{reaction}}} """).Content);

    [Fact]
    public void Unsupported_message_tells_what_is_missing() =>
        Assert.Equal(
            new UnsupportedContent(131051, "poll_creation", "Message type unknown"),
            Payload.ReadMessage(""" "type":"unsupported","unsupported":{"type":"poll_creation"},"errors":[{"code":131051,"title":"Message type unknown"}] """).Content);

    [Theory]
    [InlineData(""" "type":"image","image":[{"id":"1"}] """, "image")]
    [InlineData(""" "type":"sticker" """, "sticker")]
    [InlineData(""" "type":"location","location":"here" """, "location")]
    [InlineData(""" "type":"contacts","contacts":{} """, "contacts")]
    [InlineData(""" "type":"order","order":null """, "order")]
    [InlineData(""" "type":"system","system":[] """, "system")]
    [InlineData(""" "type":"edit","edit":{"message":{"type":"text","text":{"body":"x"}}} """, "edit")]
    [InlineData(""" "type":"revoke","revoke":{} """, "revoke")]
    [InlineData(""" "type":"interactive","interactive":{"type":"nfm_reply"} """, "nfm_reply")]
    [InlineData(""" "type":"interactive","interactive":{"type":"button_reply"} """, "button_reply")]
    [InlineData(""" "type":"interactive" """, "interactive")]
    [InlineData(""" "type":"text" """, "text")]
    [InlineData(""" "type":"text","text":"flat" """, "text")]
    [InlineData(""" "type":"text","text":{"body":7} """, "text")]
    [InlineData(""" "type":"reaction","reaction":{"emoji":"x"} """, "reaction")]
    [InlineData(""" "type":"button","button":[] """, "button")]
    [InlineData(""" "type":"hologram" """, "hologram")]
    [InlineData(""" "type":7 """, "")]
    [InlineData(""" "x":1 """, "")]
    public void Whatever_has_no_reading_is_a_placeholder_of_its_type(string members, string type) =>
        Assert.Equal(new OtherContent(type), Payload.ReadMessage(members).Content);

    [Fact]
    public void Type_is_kept_to_64_characters() =>
        Assert.Equal(new string('t', 64), Payload.ReadMessage($"\"type\":\"{new string('t', 65)}\"").Type);

    [Fact]
    public void Context_tells_the_quote_and_the_forwarding()
    {
        Assert.Equal(
            new MessageContext("wamid.OUT01", false, false) { QuotedFrom = "919000000001" },
            Payload.ReadMessage(""" "type":"text","context":{"from":"919000000001","id":"wamid.OUT01"} """).Context);
        Assert.Equal(new MessageContext(null, true, false), Payload.ReadMessage(""" "context":{"forwarded":true} """).Context);
        Assert.Equal(new MessageContext(null, false, true), Payload.ReadMessage(""" "context":{"frequently_forwarded":true} """).Context);
        Assert.Null(Payload.ReadMessage(""" "type":"text" """).Context);
    }

    [Theory]
    [InlineData("\"1795240800\"", 1795240800L)]
    [InlineData("1795240800", 1795240800L)]
    [InlineData("\"0\"", 0L)]
    [InlineData("\"-5\"", -5L)]
    [InlineData("\"253402300799\"", 253402300799L)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("\"9223372036854775808\"", null)]
    [InlineData("\"99999999999999999999999999\"", null)]
    [InlineData("1.5", null)]
    [InlineData("1e400", null)]
    [InlineData("\"17952408x\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"\\u0031\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void Time_is_whole_seconds_or_noted_as_missing(string timestamp, long? seconds)
    {
        string delivery = Payload.Delivery(Payload.Change("messages", $$""" "messages":[{"from":"919000000101","id":"1","timestamp":{{timestamp}}}] """));

        InboundMessage message = InboundMessage.Read(Assert.Single(Payload.Split(delivery)).Json);

        Assert.Equal(seconds, message.SentAt.Seconds);
        Assert.Equal(seconds is null ? PayloadFlaws.NoTime : PayloadFlaws.None, message.Flaws);
    }

    [Theory]
    [InlineData(0L, null)]
    [InlineData(-5L, null)]
    [InlineData(1230767999L, null)]
    [InlineData(1230768000L, "2009-01-01T00:00:00Z")]
    [InlineData(1795240800L, "2026-11-21T06:00:00Z")]
    [InlineData(1795348800L, "2026-11-22T12:00:00Z")]
    [InlineData(1795348801L, null)]
    [InlineData(1795240800000L, null)]
    [InlineData(253402300799L, null)]
    [InlineData(long.MaxValue, null)]
    [InlineData(long.MinValue, null)]
    [InlineData(null, null)]
    public void Time_is_believed_from_2009_to_a_day_ahead(long? seconds, string? expected)
    {
        DateTimeOffset now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

        DateTimeOffset? time = new ProviderTime(seconds).AsOf(now);

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
    }

    [Theory]
    [InlineData("\"919000000101\"", "919000000101")]
    [InlineData("\"+919000000101\"", "919000000101")]
    [InlineData("919000000101", "919000000101")]
    [InlineData("\"91 90000 00101\"", null)]
    [InlineData("\"+\"", null)]
    [InlineData("\"९१\"", null)]
    [InlineData("\"IN.7700000000000000101\"", null)]
    [InlineData("\"123456789012345678901\"", null)]
    [InlineData("-1", null)]
    [InlineData("{}", null)]
    public void Sender_is_digits_or_noted_as_no_number(string from, string? expected)
    {
        InboundMessage message = InboundMessage.Read(Encoding.UTF8.GetBytes($$$"""{"message":{"from":{{{from}}},"id":"1","timestamp":"1795240800"}}"""));

        Assert.Equal(expected, message.From);
        Assert.Equal(expected is null ? PayloadFlaws.BadIdentity : PayloadFlaws.None, message.Flaws);
    }

    [Fact]
    public void Sender_without_a_phone_number_is_known_by_the_user_id()
    {
        string delivery = Payload.Delivery(Payload.Change("messages", """
            "contacts":[{"profile":{"name":"Asha"},"user_id":"IN.77","parent_user_id":"IN.ENT.77"}],
            "messages":[{"from_user_id":"IN.77","id":"1","timestamp":"1795240800","type":"text","text":{"body":"x"}}]
            """));

        InboundMessage message = InboundMessage.Read(Assert.Single(Payload.Split(delivery)).Json);

        Assert.Equal((null, "IN.77", "IN.ENT.77", PayloadFlaws.None), (message.From, message.FromUserId, message.ParentUserId, message.Flaws));
    }

    [Fact]
    public void Echo_names_the_customer_as_receiver()
    {
        string delivery = Payload.Delivery(Payload.Change("smb_message_echoes", $$$"""
            "contacts":[{{{Payload.Asha}}}],"message_echoes":[{"from":"919000000001","to":"919000000101","id":"wamid.E","timestamp":"1795242000","type":"text","text":{"body":"I will call"}}]
            """));

        InboundMessage echo = InboundMessage.Read(Assert.Single(Payload.Split(delivery)).Json);

        Assert.Equal(
            ("919000000001", null, "919000000101", "IN.7700000000000000101", "Asha Rao"),
            (echo.From, echo.FromUserId, echo.To, echo.ToUserId, echo.ProfileName));
    }

    [Fact]
    public void History_item_names_its_thread()
    {
        WebhookUpdate update = Payload.Split(Payload.Delivery(Payload.Change(
            "history", """ "history":[{"threads":[{"id":"919000000101","messages":[{"id":"wamid.H1","timestamp":"1795000000"}]}]}] """)))[0];

        Assert.Equal("919000000101", InboundMessage.Read(update.Json).ThreadId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"message":null}""")]
    [InlineData("""{"message":[{}]}""")]
    public void What_is_no_message_is_unreadable_and_no_exception(string json) =>
        Assert.Equal(PayloadFlaws.Unreadable, InboundMessage.Read(Encoding.UTF8.GetBytes(json)).Flaws);

    [Fact]
    public void Empty_message_is_read_with_everything_missing() =>
        Assert.Equal(PayloadFlaws.NoId | PayloadFlaws.NoTime, InboundMessage.Read("""{"message":{}}"""u8.ToArray()).Flaws);

    [Fact]
    public void Printed_message_shows_no_words_names_or_numbers()
    {
        string printed = Payload.ReadMessage(""" "type":"text","text":{"body":"secret words"},"context":{"id":"wamid.OUT01"} """).ToString();

        Assert.Equal("InboundMessage { Content = TextContent, Flaws = None }", printed);
    }
}

using Munshi.WhatsApp.Webhooks;
using Munshi.WhatsApp.Webhooks.Cards;

namespace Munshi.WhatsApp.Tests.Webhooks;

public sealed class InboundKindTests
{
    private static readonly MediaFile File = new()
    {
        Id = "1020304050",
        MimeType = "image/jpeg",
        Sha256 = "9f2c",
        Link = "https://media.example/1",
    };

    [Fact]
    public void Files_tell_where_to_fetch_them_and_what_the_sender_said_of_them()
    {
        const string file = """ "id":"1020304050","mime_type":"image/jpeg","sha256":"9f2c","url":"https://media.example/1" """;

        Assert.Equal(
            new ImageContent(File) { Caption = "this one" },
            Content($$""" "type":"image","image":{{{file}},"caption":"this one"} """));
        Assert.Equal(new VideoContent(File), Content($$""" "type":"video","video":{{{file}}} """));
        Assert.Equal(new AudioContent(File, IsVoice: true), Content($$""" "type":"audio","audio":{{{file}},"voice":true} """));
        Assert.Equal(new AudioContent(File, IsVoice: false), Content($$""" "type":"audio","audio":{{{file}},"voice":false} """));
        Assert.Equal(new StickerContent(File, IsAnimated: true), Content($$""" "type":"sticker","sticker":{{{file}},"animated":true} """));
        Assert.Equal(
            new DocumentContent(File, "../../bill-118.pdf") { Caption = "GST bill" },
            Content($$""" "type":"document","document":{{{file}},"filename":"../../bill-118.pdf","caption":"GST bill"} """));
    }

    [Theory]
    [InlineData("""{"image":{}}""")]
    [InlineData("""{"image":{"id":null,"sha256":7.5,"mime_type":[],"url":3,"caption":{}}}""")]
    public void File_of_which_nothing_is_told_is_still_a_file(string part)
    {
        ImageContent image = Assert.IsType<ImageContent>(Content($"\"type\":\"image\",{part[1..^1]}"));

        Assert.Equal((null, null, null, null), (image.File.Id, image.File.MimeType, image.File.Link, image.Caption));
    }

    // printf abc | sha256sum; printf abc | openssl dgst -sha256 -binary | base64
    [Theory]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")]
    public void Hash_is_read_in_both_forms(string sha256) =>
        Assert.Equal(
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            Convert.ToHexStringLower(new MediaFile { Sha256 = sha256 }.Digest()!));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("9f2c")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ax")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa==")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAF  =")]
    [InlineData("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIA*a0=")]
    public void Anything_else_is_no_hash(string? sha256) => Assert.Null(new MediaFile { Sha256 = sha256 }.Digest());

    [Fact]
    public void Location_is_read_within_the_globe()
    {
        Assert.Equal(
            new LocationContent { Latitude = 12.9716, Longitude = -77.5946, Name = "Shop", Address = "1 Sample Road", Link = "https://x.example" },
            Content(""" "type":"location","location":{"latitude":12.9716,"longitude":-77.5946,"name":"Shop","address":"1 Sample Road","url":"https://x.example"} """));
        Assert.Equal(new LocationContent { Latitude = -90 }, Content(""" "type":"location","location":{"latitude":-90,"longitude":180.5} """));
        Assert.Equal(new LocationContent(), Content(""" "type":"location","location":{"latitude":"12.9","longitude":1e400} """));
    }

    [Fact]
    public void Contact_card_is_read_in_all_its_parts()
    {
        ContactsContent contacts = Assert.IsType<ContactsContent>(Content(""" "type":"contacts","origin":"other","contacts":[{"name":{"formatted_name":"Ms Meena K D MA","first_name":"Meena","middle_name":"K","last_name":"D","prefix":"Ms","suffix":"MA"},"phones":[{"phone":"+91 90000 00103","wa_id":"919000000103","user_id":"IN.7700000000000000103","type":"CELL"}],"emails":[{"email":"meena@shop.example","type":"WORK"}],"addresses":[{"street":"1 Sample Road","city":"Pune","state":"MH","zip":"411000","country":"India","country_code":"in","type":"HOME"}],"urls":[{"url":"https://meena.example","type":"WORK"}],"org":{"company":"MD Traders","department":"Sales","title":"Owner"},"birthday":"1990-02-01","vcard":"BEGIN:VCARD"},{}] """));

        Assert.Equal((2, "other", false), (contacts.Cards.Count, contacts.Origin, contacts.IsRequested));
        ContactCard card = contacts.Cards[0];
        Assert.Equal(new ContactName { Formatted = "Ms Meena K D MA", First = "Meena", Middle = "K", Last = "D", Prefix = "Ms", Suffix = "MA" }, card.Name);
        Assert.Equal([new ContactPhone("+91 90000 00103", "919000000103", "CELL") { UserId = "IN.7700000000000000103" }], card.Phones);
        Assert.Equal([new ContactEmail("meena@shop.example", "WORK")], card.Emails);
        Assert.Equal(
            [new ContactAddress { Street = "1 Sample Road", City = "Pune", State = "MH", Zip = "411000", Country = "India", CountryCode = "in", Type = "HOME" }],
            card.Addresses);
        Assert.Equal([new ContactLink("https://meena.example", "WORK")], card.Links);
        Assert.Equal(new ContactOrganization("MD Traders", "Sales", "Owner"), card.Organization);
        Assert.Equal(("1990-02-01", "BEGIN:VCARD"), (card.Birthday, card.VCard));
        Assert.Null(contacts.Cards[1].Name);
    }

    [Fact]
    public void Own_card_shared_when_asked_is_told_from_others() =>
        Assert.True(Assert.IsType<ContactsContent>(Content(""" "type":"contacts","origin":"contact_request","contacts":[{"vcard":"BEGIN:VCARD"}] """)).IsRequested);

    [Fact]
    public void Someone_elses_bad_number_is_no_flaw_of_the_message()
    {
        InboundMessage message = Payload.ReadMessage(""" "type":"contacts","contacts":[{"phones":[{"phone":"call me","wa_id":"n/a","user_id":7}]}],"context":{"from":"nobody"} """);

        Assert.Equal(PayloadFlaws.None, message.Flaws);
        Assert.Equal(new ContactPhone("call me", null, null), Assert.IsType<ContactsContent>(message.Content).Cards[0].Phones[0]);
    }

    [Fact]
    public void Lists_are_kept_to_1000_items()
    {
        static InboundMessage Cards(int count) =>
            Payload.ReadMessage($"\"type\":\"contacts\",\"contacts\":[{string.Join(',', Enumerable.Repeat("{}", count))}]");

        Assert.Equal((1000, PayloadFlaws.None), (((ContactsContent)Cards(1000).Content).Cards.Count, Cards(1000).Flaws));
        Assert.Equal((1000, PayloadFlaws.ListCut), (((ContactsContent)Cards(1001).Content).Cards.Count, Cards(1001).Flaws));
    }

    [Fact]
    public void Flow_reply_is_read_with_its_answers()
    {
        FlowReplyContent flow = Assert.IsType<FlowReplyContent>(Content(""" "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"t1\",\"pin\":560001,\"days\":[\"Mon\",\"Tue\"],\"note\":\"\\u0928\"}"}} """));

        Assert.Equal(("flow", "Sent"), (flow.Name, flow.Body));
        Assert.StartsWith("""{"flow_token":"t1",""", flow.ResponseJson, StringComparison.Ordinal);
        Assert.Equal(
            [new FlowAnswer("flow_token", "t1"), new FlowAnswer("pin", "560001"), new FlowAnswer("days", """["Mon","Tue"]"""), new FlowAnswer("note", "न")],
            flow.Answers);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"[1]\"")]
    [InlineData("\"{broken\"")]
    [InlineData("\"7\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"pin\":1}")]
    [InlineData("null")]
    public void Flow_reply_without_readable_answers_has_none(string response) =>
        Assert.Empty(Assert.IsType<FlowReplyContent>(Content(
            $$$""" "type":"interactive","interactive":{"type":"nfm_reply","nfm_reply":{"response_json":{{{response}}}}} """)).Answers);

    [Fact]
    public void Order_is_read_with_exact_prices()
    {
        OrderContent order = Assert.IsType<OrderContent>(Content(""" "type":"order","order":{"catalog_id":"88001","text":"pls deliver today","product_items":[{"product_retailer_id":"SKU9","quantity":2,"item_price":249.10,"currency":"INR"},{"product_retailer_id":"SKU10","quantity":"3","item_price":"0.1"},{"quantity":"two","item_price":[]}]} """));

        Assert.Equal(("88001", "pls deliver today"), (order.CatalogId, order.Text));
        Assert.Equal([new OrderItem("SKU9", 2, 249.10m, "INR"), new OrderItem("SKU10", 3, 0.1m, null), new OrderItem(null, null, null, null)], order.Items);
    }

    [Fact]
    public void Number_change_links_who_it_was_with_who_it_is()
    {
        Assert.Equal(
            new NumberChangedContent(
                new CustomerIdentity("919000000101", "IN.77", "IN.ENT.1"), new CustomerIdentity("919000000104", "IN.88", "IN.ENT.2"))
            {
                Body = "changed",
            },
            System(""" "type":"user_changed_number","body":"changed","wa_id":"919000000104","user_id":"IN.88","previous_user_id":"IN.77","parent_user_id":"IN.ENT.2","previous_parent_user_id":"IN.ENT.1" """));
        Assert.Equal(
            new NumberChangedContent(new CustomerIdentity("919000000101", null, null), new CustomerIdentity("919000000104", "IN.7700000000000000101", null)),
            System(""" "type":"user_changed_number","wa_id":"919000000104","user_id":"IN.7700000000000000101" """));
        Assert.Equal(
            new NumberChangedContent(
                new CustomerIdentity("919000000101", "IN.7700000000000000101", null), new CustomerIdentity("919000000104", null, null)),
            System(""" "type":"customer_changed_number","new_wa_id":"919000000104" """));
    }

    [Fact]
    public void Number_change_without_a_sender_may_name_the_former_number() =>
        Assert.Equal(
            new NumberChangedContent(new CustomerIdentity("919000000101", null, null), new CustomerIdentity("919000000104", null, null)),
            InboundMessage.Read("""{"kind":"message","message":{"type":"system","system":{"type":"user_changed_number","previous_wa_id":"+919000000101","wa_id":"919000000104"}}}"""u8.ToArray()).Content);

    [Fact]
    public void Other_system_messages_are_told_apart()
    {
        Assert.Equal(
            new UserIdChangedContent(new CustomerIdentity("919000000101", "IN.77", null), new CustomerIdentity(null, "IN.88", null)),
            System(""" "type":"user_changed_user_id","user_id":"IN.88","previous_user_id":"IN.77" """));
        Assert.Equal(new IdentityChangedContent("DF2lS5v2W6x="), System(""" "type":"customer_identity_changed","identity":"DF2lS5v2W6x=" """));
        Assert.Equal(new OtherSystemContent("user_joined") { Body = "joined" }, System(""" "type":"user_joined","body":"joined" """));
        Assert.Equal(new OtherSystemContent(""), System(""" "x":1 """));
    }

    [Fact]
    public void Edit_tells_the_original_and_what_stands_there_now()
    {
        Assert.Equal(
            new EditContent("wamid.IN01", new ImageContent(new MediaFile { Id = "1" }) { Caption = "the red one" }) { Context = new MessageContext("M0", false, false) },
            Content(""" "type":"edit","edit":{"original_message_id":"wamid.IN01","message":{"context":{"id":"M0"},"type":"image","image":{"id":"1","caption":"the red one"}}} """));
        Assert.Equal(
            new EditContent("wamid.IN01", new OtherContent("edit")),
            Content(""" "type":"edit","edit":{"original_message_id":"wamid.IN01","message":{"type":"edit","edit":{"original_message_id":"wamid.IN00"}}} """));
        Assert.Equal(new EditContent("wamid.IN01", new OtherContent("")), Content(""" "type":"edit","edit":{"original_message_id":"wamid.IN01"} """));
    }

    [Fact]
    public void Revocation_tells_the_original() =>
        Assert.Equal(new RevokeContent("wamid.IN01"), Content(""" "type":"revoke","revoke":{"original_message_id":"wamid.IN01"} """));

    [Fact]
    public void Message_only_on_the_owners_phone_is_told_from_a_kind_not_passed_on()
    {
        Assert.True(((UnsupportedContent)Content(""" "type":"unsupported","errors":[{"code":131060}] """)).IsOnOwnersPhone);
        Assert.False(((UnsupportedContent)Content(""" "type":"unsupported","errors":[{"code":131051}] """)).IsOnOwnersPhone);
    }

    [Fact]
    public void Errors_of_a_message_are_read_whatever_its_kind()
    {
        InboundMessage message = Payload.ReadMessage(""" "type":"image","image":{"mime_type":"image/jpeg"},"errors":[{"code":131052,"title":"Media download error","message":"could not","error_data":{"details":"larger than 100 MB"},"href":"/docs/errors"},{"code":"odd"}] """);

        Assert.Equal(
            [
                new ProviderError { Code = 131052, Title = "Media download error", Message = "could not", Details = "larger than 100 MB", Link = "/docs/errors" },
                new ProviderError(),
            ],
            message.Errors);
    }

    [Fact]
    public void Context_names_the_quoted_author_and_the_product() =>
        Assert.Equal(
            new MessageContext("wamid.OUT01", false, false) { QuotedFrom = "919000000001", Product = new ReferredProduct("88001", "SKU9") },
            Payload.ReadMessage(""" "context":{"from":"919000000001","id":"wamid.OUT01","referred_product":{"catalog_id":"88001","product_retailer_id":"SKU9"}} """).Context);

    [Fact]
    public void Referral_is_read_on_any_kind() =>
        Assert.Equal(
            new Referral
            {
                SourceLink = "https://ad.example/1",
                SourceId = "1",
                SourceType = "ad",
                Headline = "Kurti sale",
                Body = "Till Sunday",
                MediaType = "image",
                ImageLink = "https://ad.example/i",
                VideoLink = "https://ad.example/v",
                ThumbnailLink = "https://ad.example/t",
                ClickId = "c1",
                WelcomeText = "Ask us",
            },
            Payload.ReadMessage(""" "type":"sticker","sticker":{},"referral":{"source_url":"https://ad.example/1","source_id":"1","source_type":"ad","headline":"Kurti sale","body":"Till Sunday","media_type":"image","image_url":"https://ad.example/i","video_url":"https://ad.example/v","thumbnail_url":"https://ad.example/t","ctwa_clid":"c1","welcome_message":{"text":"Ask us"}} """).Referral);

    [Fact]
    public void Link_that_is_too_long_is_none_rather_than_half()
    {
        string link = "https://x.example/" + new string('x', 4096 - 18);

        Assert.Equal(link, ((ImageContent)Content($$""" "type":"image","image":{"url":"{{link}}"} """)).File.Link);
        Assert.Null(((ImageContent)Content($$""" "type":"image","image":{"url":"{{link}}x"} """)).File.Link);
    }

    [Fact]
    public void Emoji_that_is_no_text_is_not_a_removal()
    {
        Assert.Equal(new OtherContent("reaction"), Content(""" "type":"reaction","reaction":{"message_id":"wamid.OUT05","emoji":7} """));
        Assert.True(((ReactionContent)Content(""" "type":"reaction","reaction":{"message_id":"wamid.OUT05","emoji":""} """)).IsRemoval);
    }

    private static MessageContent Content(string members) => Payload.ReadMessage(members).Content;

    private static MessageContent System(string members) => Content($$""" "type":"system","system":{{{members}}} """);
}

using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Munshi.Audit;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Dashboard;

/// <summary>What customers send is seen in the conversation, each kind as what it is. Shapes: WhatsApp Cloud API, webhook references of the message types.</summary>
public sealed class MessageKindsTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static int _customers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "image", """{"caption":"this one","mime_type":"image/jpeg","sha256":"00","id":"1020304050"}""", "Photo WhatsApp does not have the file now; it is asked for again for seven days this one" },
        { "sticker", """{"mime_type":"image/webp","sha256":"00","id":"1020304054","animated":false}""", "Sticker WhatsApp does not have the file now; it is asked for again for seven days" },
        { "video", """{"caption":"packing","mime_type":"video/mp4","sha256":"00","id":"1020304052"}""", "Video WhatsApp does not have the file now; it is asked for again for seven days packing" },
        { "audio", """{"mime_type":"audio/ogg; codecs=opus","sha256":"00","id":"1020304051","voice":true}""", "Voice message WhatsApp does not have the file now; it is asked for again for seven days" },
        { "audio", """{"mime_type":"audio/mpeg","sha256":"00","id":"1020304051","voice":false}""", "Voice or audio WhatsApp does not have the file now; it is asked for again for seven days" },
        { "document", """{"caption":"GST bill","filename":"../../<b>bill</b>.pdf","mime_type":"application/pdf","sha256":"00","id":"1020304053"}""", "Document WhatsApp does not have the file now; it is asked for again for seven days ../../<b>bill</b>.pdf GST bill" },
        { "location", """{"latitude":12.9716,"longitude":77.5946,"name":"Shop","address":"MG Road"}""", "Location Shop MG Road 12.9716, 77.5946" },
        { "location", """{"latitude":-12.5,"longitude":0}""", "Location -12.5, 0" },
        { "location", """{"latitude":912.5,"longitude":null}""", "Location" },
        { "contacts", """[{"name":{"formatted_name":"Meena D"},"phones":[{"phone":"+91 90000 00103","wa_id":"919000000103"},{"wa_id":"919000000104"}],"emails":[{"email":"meena@shop.example"}],"org":{"company":"MD Traders"}},{}]""", "Contact card Meena D MD Traders +91 90000 00103 +919000000104 meena@shop.example without a name" },
        { "order", """{"catalog_id":"88001","text":"pls deliver today","product_items":[{"product_retailer_id":"SKU9","quantity":2,"item_price":249.5,"currency":"INR"},{}]}""", "Order SKU9 × 2 249.5 INR – pls deliver today" },
        { "interactive", """{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"flow_token\":\"t1\",\"pin\":\"560001\"}"}}""", "Filled-in form pin 560001 Sent" },
        { "interactive", """{"type":"list_reply","list_reply":{"id":"svc_3","title":"Repair","description":"Doorstep"}}""", "Repair Doorstep" },
        { "button", """{"payload":"STOP_OFFERS","text":"Stop offers"}""", "Stop offers" },
        { "system", """{"type":"user_changed_number","body":"User Asha Rao changed","wa_id":"919000000104"}""", "Note by WhatsApp the customer has a new number +919000000104" },
        { "request_welcome", "null", "Chat opened the customer opened the chat for the first time" },
        { "unsupported", """{"type":"poll_creation"}""", "A message that WhatsApp did not pass on ask the customer to send it in another way" },
        { "hologram", """{"id":"1"}""", "Another kind of message kept whole; not shown here yet" },
        { "edit", """{"original_message_id":"wamid.NEVERSEEN","message":{"type":"text","text":{"body":"the red one"}}}""", "Edited message the message it is about is not in the vault the red one" },
        { "revoke", """{"original_message_id":"wamid.NEVERSEEN"}""", "Deleted by the customer the message it is about is not in the vault" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_is_seen_as_what_it_is(string type, string part, string seen)
    {
        string customer = await BefriendedAsync();

        await DeliverAsync(MetaPayload.Message(customer, type, JsonNode.Parse(part)));

        Assert.Equal(seen, Said(await NewestAsync(customer)));
    }

    [Fact]
    public async Task A_place_opens_in_the_readers_own_map()
    {
        string customer = await BefriendedAsync();

        await DeliverAsync(MetaPayload.Message(customer, "location", JsonNode.Parse("""{"latitude":12.9716,"longitude":77.5946}""")));

        Assert.Equal("geo:12.9716,77.5946", (await NewestAsync(customer)).QuerySelector(".detail a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Where_a_message_came_from_stands_above_it()
    {
        string customer = await BefriendedAsync();
        JsonObject forwarded = MetaPayload.Text(customer, "line");
        forwarded["context"] = new JsonObject { ["frequently_forwarded"] = true };
        JsonObject advertised = MetaPayload.Text(customer, "is it there?");
        advertised["referral"] = new JsonObject { ["source_type"] = "ad", ["headline"] = "Kurti sale" };
        advertised["context"] = new JsonObject { ["referred_product"] = new JsonObject { ["product_retailer_id"] = "SKU9" } };

        await DeliverAsync(forwarded);
        Assert.Equal("Forwarded many times line", Said(await NewestAsync(customer)));
        await DeliverAsync(advertised);
        Assert.Equal("Wrote from an advertisement: Kurti sale About the product SKU9 is it there?", Said(await NewestAsync(customer)));
    }

    [Fact]
    public async Task An_edit_stands_in_front_and_every_earlier_wording_behind_it()
    {
        string customer = await BefriendedAsync();
        JsonObject original = MetaPayload.Text(customer, "the blue one");
        await DeliverAsync(original);
        await DeliverAsync(Edit(customer, original, "the red one"));
        await DeliverAsync(Edit(customer, original, "the green one"));

        IElement message = await NewestAsync(customer);

        Assert.Equal("the green one", message.QuerySelector(".bubble > .text")!.TextContent);
        Assert.Equal(["the blue one", "the red one"], message.QuerySelectorAll(".earlier .text").Select(text => text.TextContent));
        Assert.Equal("the blue one", (await shared.Server.MessagesAsync(customer)).Single(one => one.Kind == "text" && one.Turn == 2).Text);
    }

    [Fact]
    public async Task What_the_customer_deleted_is_behind_a_click_and_out_of_the_inbox_and_of_quotations()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = await BefriendedAsync();
        JsonObject original = MetaPayload.Text(customer, "a secret that slipped out");
        await DeliverAsync(original);
        JsonObject quoting = MetaPayload.Text(customer, "forget that");
        quoting["context"] = new JsonObject { ["id"] = (string)original["id"]! };
        await DeliverAsync(MetaPayload.Message(customer, "revoke", new JsonObject { ["original_message_id"] = (string)original["id"]! }));
        Guid id = await shared.Server.ConversationAsync(customer);

        VisitedPage inbox = await owner.GetAsync("/inbox");
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        await DeliverAsync(quoting);
        VisitedPage quoted = await owner.GetAsync($"/inbox/{id}");

        Assert.DoesNotContain("a secret", inbox.Html, StringComparison.Ordinal);
        Assert.Equal("Deleted by the customer", inbox.Text($"#c-{id} .row-snippet .kind"));
        IElement message = page.Document.QuerySelectorAll(".message.in")[^1];
        Assert.StartsWith("The customer deleted this message", message.QuerySelector(".placeholder")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.False(message.QuerySelector("details.withdrawn")!.HasAttribute("open"));
        Assert.Equal("a secret that slipped out", message.QuerySelector("details.withdrawn .text")!.TextContent);
        Assert.Equal("In reply to: an earlier message", quoted.Document.QuerySelectorAll(".message.in")[^1].QuerySelector(".quote")!.TextContent);
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Nobody_edits_or_deletes_what_another_customer_wrote()
    {
        string customer = await BefriendedAsync();
        string other = await BefriendedAsync();
        JsonObject original = MetaPayload.Text(customer, "mine");
        await DeliverAsync(original);

        await DeliverAsync(Edit(other, original, "yours"));
        await DeliverAsync(MetaPayload.Message(other, "revoke", new JsonObject { ["original_message_id"] = (string)original["id"]! }));

        Assert.Equal("mine", Said(await NewestAsync(customer)));
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_answered_is_not_answered()
    {
        string customer = NewCustomer();
        JsonObject question = MetaPayload.Text(customer, "What are your timings?");

        await DeliverTogetherAsync(MetaPayload.Message(customer, "revoke", new JsonObject { ["original_message_id"] = (string)question["id"]! }), question);

        Assert.DoesNotContain(await shared.Server.MessagesAsync(customer), message => message.Direction == "out");
        Assert.Equal("silent revoked", await shared.Server.Database.ScalarAsync<string>(
            $"SELECT decision || ' ' || reason FROM responder.agent_run WHERE conversation_id = '{await shared.Server.ConversationAsync(customer)}'"));
    }

    [Fact]
    public async Task A_chat_that_is_opened_opens_the_window()
    {
        string customer = NewCustomer();

        await DeliverAsync(MetaPayload.Message(customer, "request_welcome", null));

        Assert.True(await shared.Server.Database.ScalarAsync<bool>(
            $"SELECT window_from > now() - interval '1 minute' FROM vault.conversation WHERE id = '{await shared.Server.ConversationAsync(customer)}'"));
    }

    private static string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 5000}";

    private static JsonObject Edit(string customer, JsonObject original, string text) => MetaPayload.Message(customer, "edit", new JsonObject
    {
        ["original_message_id"] = (string)original["id"]!,
        ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } },
    });

    /// <summary>All that a bubble shows, apart from its frame: author, time, ticks.</summary>
    private static string Said(IElement message) => string.Join(' ', string.Join(' ', message.QuerySelectorAll(
            ".bubble > p:not(.author, .meta), .bubble > ul, .bubble > dl").SelectMany(Leaves))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Leaves(IElement element) => element.Children.Length == 0 ? [element.TextContent] : [.. element.ChildNodes.SelectMany(node =>
        node is IElement child ? Leaves(child) : [node.TextContent])];

    private async Task<string> BefriendedAsync()
    {
        string customer = NewCustomer();
        await DeliverAsync(MetaPayload.Text(customer, "talk to a person"));
        return customer;
    }

    private async Task<IElement> NewestAsync(string customer)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{await shared.Server.ConversationAsync(customer)}");
        return page.Document.QuerySelectorAll(".message.in")[^1];
    }

    private Task DeliverAsync(JsonObject message) => DeliverTogetherAsync(message);

    private async Task DeliverTogetherAsync(params JsonObject[] messages)
    {
        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(MetaPayload.Messages(messages), Cancellation));
        await shared.Server.SettledAsync();
    }
}

using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using Munshi.Audit;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;

namespace Munshi.Tests.Dashboard;

/// <summary>A number that is used in the WhatsApp Business app too. Shapes: webhook references of <c>smb_message_echoes</c>, <c>history</c> and <c>smb_app_state_sync</c>.</summary>
public sealed class PhoneAppTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Business = "919000000001";

    private static int _customers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_on_the_phone_stands_in_the_conversation_and_keeps_Munshi_quiet_until_it_is_handed_back()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = NewCustomer();
        await DeliverAsync(MetaPayload.Text(customer, "What are your timings?"));

        await EchoAsync(Echo(customer, "text", new JsonObject { ["body"] = "I will call you" }));
        await DeliverAsync(MetaPayload.Text(customer, "What are your timings?"));
        VisitedPage page = await owner.GetAsync(await UrlAsync(customer));

        Assert.Equal(OwnerKind.Phone, (await shared.Server.StateAsync(customer)).Owner);
        Assert.Equal(["in text", "out buttons", "out text", "in text"], (await shared.Server.MessagesAsync(customer)).Select(one => $"{one.Direction} {one.Kind}"));
        IElement written = page.Document.QuerySelectorAll(".message.out")[^1];
        Assert.Equal("I will call you", written.QuerySelector(".text")!.TextContent);
        Assert.Contains("on the phone", written.QuerySelector(".meta")!.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Someone answers on the phone", page.Text("#owner-bar .state"), StringComparison.Ordinal);

        await owner.SubmitAsync(page, "#release-form");
        await DeliverAsync(MetaPayload.Text(customer, "And what are your timings?"));
        Assert.Equal("out", (await shared.Server.MessagesAsync(customer))[^1].Direction);
    }

    [Fact]
    public async Task A_person_who_has_the_conversation_keeps_it_when_somebody_writes_on_the_phone()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = NewCustomer();
        await DeliverAsync(MetaPayload.Text(customer, "talk to a person"));
        await owner.SubmitAsync(await owner.GetAsync(await UrlAsync(customer)), "#take-form");

        await EchoAsync(Echo(customer, "text", new JsonObject { ["body"] = "hello" }));

        Assert.Equal(OwnerKind.Person, (await shared.Server.StateAsync(customer)).Owner);
    }

    [Fact]
    public async Task An_echo_opens_no_window_and_is_stored_once()
    {
        string customer = NewCustomer();
        JsonObject echo = Echo(customer, "image", new JsonObject { ["caption"] = "our menu", ["mime_type"] = "image/jpeg", ["id"] = "1020304099" });

        await EchoAsync(echo);
        await EchoAsync(echo);

        StoredMessage stored = Assert.Single(await shared.Server.MessagesAsync(customer));
        Assert.Equal(("out", "echo", "image", "our menu"), (stored.Direction, stored.Source, stored.Kind, stored.Text));
        Assert.Null((await shared.Server.StateAsync(customer)).WindowFrom);
    }

    [Fact]
    public async Task What_was_edited_or_deleted_on_the_phone_shows_so_and_nobody_else_can_do_it()
    {
        string customer = NewCustomer();
        JsonObject first = Echo(customer, "text", new JsonObject { ["body"] = "at six" });
        JsonObject second = Echo(customer, "text", new JsonObject { ["body"] = "my home number" });
        await EchoAsync(first);
        await EchoAsync(second);
        await DeliverAsync(MetaPayload.Message(customer, "revoke", new JsonObject { ["original_message_id"] = (string)first["id"]! }));
        await EchoAsync(Echo(customer, "edit", new JsonObject
        {
            ["original_message_id"] = (string)first["id"]!,
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "at seven" } },
        }));
        await EchoAsync(Echo(customer, "revoke", new JsonObject { ["original_message_id"] = (string)second["id"]! }));
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage page = await owner.GetAsync(await UrlAsync(customer));

        IElement[] written = [.. page.Document.QuerySelectorAll(".message.out")];
        Assert.Equal(2, written.Length);
        Assert.Equal("at seven", written[0].QuerySelector(".bubble > .text")!.TextContent);
        Assert.Equal(["at six"], written[0].QuerySelectorAll(".earlier .text").Select(text => text.TextContent));
        Assert.StartsWith("This message was deleted on the phone", written[1].QuerySelector(".placeholder")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.DoesNotContain("my home number", (await owner.GetAsync("/inbox")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_history_stands_where_it_was_written_asks_for_nothing_and_is_unread_by_nobody()
    {
        string customer = NewCustomer();
        DateTimeOffset then = TimeProvider.System.GetUtcNow().AddDays(-60);
        JsonObject[] items =
        [
            Item(customer, then.AddMinutes(1), "media_placeholder", null, "DELIVERED", outbound: true),
            Item(customer, then, "text", new JsonObject { ["body"] = "What are your timings?" }, "READ", outbound: false),
        ];

        await DeliverWholeAsync(History(customer, items));
        await DeliverWholeAsync(History(customer, items));
        IReadOnlyList<StoredMessage> messages = await shared.Server.MessagesAsync(customer);

        Assert.Equal(["in history text", "out history media_placeholder"], messages.Select(one => $"{one.Direction} {one.Source} {one.Kind}"));
        Assert.Equal("delivered", messages[1].Status);
        ConversationState state = await shared.Server.StateAsync(customer);
        Assert.Equal((OwnerKind.Responder, 0L, null), (state.Owner, state.InboundCount, state.WindowFrom));
        Assert.Equal(then.AddMinutes(1).ToUnixTimeSeconds(), state.LastAt.ToUnixTimeSeconds());
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_file_of_the_history_comes_after_its_message_and_answers_it()
    {
        string customer = NewCustomer();
        DateTimeOffset then = TimeProvider.System.GetUtcNow().AddDays(-3);
        JsonObject placeholder = Item(customer, then, "media_placeholder", null, "READ", outbound: false);
        JsonObject file = (JsonObject)placeholder.DeepClone();
        file["type"] = "image";
        file["image"] = new JsonObject { ["caption"] = "the broken one", ["mime_type"] = "image/jpeg", ["id"] = "1020304077" };
        byte[] files = MetaPayload.Delivery(Change("history", new JsonObject { ["messages"] = new JsonArray(file.DeepClone()) }));

        await DeliverWholeAsync(History(customer, placeholder));
        await DeliverWholeAsync(files);
        await DeliverWholeAsync(files);

        IReadOnlyList<StoredMessage> messages = await shared.Server.MessagesAsync(customer);
        Assert.Equal(["media_placeholder", "image"], messages.Select(one => one.Kind));
        Assert.NotNull(messages[1].RefersTo);
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task A_message_that_came_through_the_channel_stays_as_it_came_when_the_history_brings_it_again()
    {
        string customer = NewCustomer();
        JsonObject live = MetaPayload.Text(customer, "What are your timings?");
        await DeliverAsync(live);
        JsonObject again = Item(customer, TimeProvider.System.GetUtcNow(), "text", new JsonObject { ["body"] = "What are your timings?" }, "READ", outbound: false);
        again["id"] = (string)live["id"]!;

        await DeliverWholeAsync(History(customer, again));

        Assert.Equal("webhook", Assert.Single(await shared.Server.MessagesAsync(customer), one => one.Direction == "in").Source);
    }

    [Fact]
    public async Task The_owners_name_for_a_customer_holds_until_they_tell_their_own()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        string customer = NewCustomer();
        await DeliverWholeAsync(MetaPayload.Delivery(Change("smb_app_state_sync", new JsonObject
        {
            ["state_sync"] = new JsonArray(new JsonObject
            {
                ["type"] = "contact",
                ["action"] = "add",
                ["contact"] = new JsonObject { ["full_name"] = "Asha from the market", ["first_name"] = "Asha", ["phone_number"] = customer },
                ["metadata"] = new JsonObject { ["timestamp"] = MetaPayload.Now() },
            }),
        })));

        await DeliverAsync(MetaPayload.Text(customer, "talk to a person"));
        string url = await UrlAsync(customer);

        Assert.Contains("Asha from the market", (await owner.GetAsync(url)).Html, StringComparison.Ordinal);
    }

    private static string NewCustomer() => $"91900000{Interlocked.Increment(ref _customers) + 6000}";

    private static JsonObject Echo(string customer, string type, JsonNode part)
    {
        JsonObject message = MetaPayload.Message(Business, type, part);
        message["to"] = customer;
        return message;
    }

    private static JsonObject Item(string customer, DateTimeOffset at, string type, JsonNode? part, string status, bool outbound)
    {
        JsonObject item = MetaPayload.Message(outbound ? Business : customer, type, part);
        item["timestamp"] = MetaPayload.Seconds(at);
        item["history_context"] = new JsonObject { ["status"] = status };
        if (outbound)
        {
            item["to"] = customer;
        }

        return item;
    }

    private static byte[] History(string customer, params JsonObject[] items) => MetaPayload.Delivery(Change("history", new JsonObject
    {
        ["history"] = new JsonArray(new JsonObject
        {
            ["metadata"] = new JsonObject { ["phase"] = 1, ["chunk_order"] = 1, ["progress"] = 40 },
            ["threads"] = new JsonArray(new JsonObject { ["id"] = customer, ["messages"] = new JsonArray([.. items.Select(item => item.DeepClone())]) }),
        }),
    }));

    private static JsonObject Change(string field, JsonObject value)
    {
        value["messaging_product"] = "whatsapp";
        value["metadata"] = new JsonObject { ["display_phone_number"] = Business, ["phone_number_id"] = RunningServer.PhoneNumberId };
        return new JsonObject { ["field"] = field, ["value"] = value };
    }

    private async Task<string> UrlAsync(string customer) => $"/inbox/{await shared.Server.ConversationAsync(customer)}";

    private Task EchoAsync(JsonObject echo) => DeliverWholeAsync(MetaPayload.Delivery(Change("smb_message_echoes", new JsonObject { ["message_echoes"] = new JsonArray(echo.DeepClone()) })));

    private Task DeliverAsync(JsonObject message) => DeliverWholeAsync(MetaPayload.Messages(message));

    private async Task DeliverWholeAsync(byte[] delivery)
    {
        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(delivery, Cancellation));
        await shared.Server.SettledAsync();
        Assert.Equal(0, await shared.Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM intake.update WHERE state = 'failed'"));
    }
}

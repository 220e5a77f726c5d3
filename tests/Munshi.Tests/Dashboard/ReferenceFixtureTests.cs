using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Dashboard;

/// <summary>
/// Every kind of update that Meta documents, whole in its envelope (<c>tests/Corpus/Webhooks</c>): delivered signed to the running server, stored, and
/// read by a person. Shapes: WhatsApp Cloud API, webhook references, read 2025-10 to 2026-06.
/// </summary>
public sealed partial class ReferenceFixtureTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    /// <summary>What became of the updates of the newest delivery; empty before it is sorted.</summary>
    private const string Became =
        """
        SELECT coalesce(string_agg(DISTINCT u.state, ' '), '')
        FROM (SELECT id FROM intake.delivery WHERE received_at = (SELECT max(received_at) FROM intake.delivery) AND sorted_at IS NOT NULL) d
        JOIN intake.update u ON u.delivery_id = d.id
        """;

    private static int _told;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A fixture's name, and what the last of the conversation's messages says of it.</summary>
    public static TheoryData<string, string[]> InTheConversation => new()
    {
        { "text", ["Is the blue kurti in stock?"] },
        { "text-in-hindi", ["नमस्ते, क्या नीली कुर्ती है? 🙏"] },
        { "text-forwarded", ["Forwarded", "Sale till Sunday"] },
        { "text-forwarded-often", ["Forwarded many times", "Everybody gets a free saree"] },
        { "text-quoting", ["We open at ten", "And on Sunday?"] },
        { "text-quoting-what-is-not-kept", ["earlier message", "About that old one"] },
        { "text-about-a-product", ["About the product", "SKU9", "Do you have it in red?"] },
        { "text-from-an-advertisement", ["Wrote from an advertisement", "Kurti sale", "I saw your advertisement"] },
        { "text-without-a-phone-number", ["I have no number to show"] },
        { "image", ["Photo", "this one"] },
        { "audio-voice", ["Voice message"] },
        { "audio-file", ["audio"] },
        { "video", ["Video", "packing video"] },
        { "document", ["bill-118.pdf", "GST bill"] },
        { "sticker", ["Sticker"] },
        { "location", ["Sample Shop", "1 Sample Road"] },
        { "location-pin", ["22.5726", "88.3639"] },
        { "contacts", ["Ravi Sample", "+91 90000 00171", "Sample Traders"] },
        { "contacts-that-were-asked-for", ["Customer with a card"] },
        { "interactive-button-reply", ["When does it suit you?", "10 am"] },
        { "interactive-list-reply", ["When does it suit you?", "Repair", "Doorstep"] },
        { "interactive-flow-reply", ["560001"] },
        { "button", ["New offers are here", "Stop offers"] },
        { "reaction", ["It is ready", "👍"] },
        { "reaction-taken-back", ["It is late"] },
        { "order", ["SKU9", "2", "249", "pls deliver today"] },
        { "unsupported", ["A message that WhatsApp did not pass on", "ask the customer to send it in another way"] },
        { "unsupported-on-the-phone-only", ["it is on the phone that shares this number"] },
        { "unsupported-file-too-large", ["ask the customer to send it in another way"] },
        { "system-number-changed", ["the customer has a new number"] },
        { "system-identity-changed", ["security code"] },
        { "request-welcome", ["the customer opened the chat for the first time"] },
        { "edit", ["the red one", "show what it said before", "the blue one"] },
        { "revoke", ["The customer deleted this message", "Show what was written", "my card ends in 0000"] },
        { "status-sent", ["Here is your bill", "Sent"] },
        { "status-delivered", ["Here is your bill", "Delivered"] },
        { "status-read-without-delivered", ["Here is your bill", "Read"] },
        { "status-out-of-order", ["Here is your bill", "Read"] },
        { "status-played", ["Here is your bill", "Played"] },
        { "status-failed", ["Here is your bill", "24 hours"] },
        { "status-without-a-phone-number", ["To a customer without a number", "Delivered"] },
        { "echo-text", ["I will call you", "on the phone"] },
        { "echo-image", ["our shop", "on the phone"] },
        { "echo-edit", ["at seven", "at six"] },
        { "echo-revoke", ["This message was deleted on the phone"] },
        { "history", ["an answer from before", "from before, on the phone"] },
        { "history-file", ["the broken one"] },
        { "standby", ["to the other agent", "with another responder"] },
        { "kind-of-tomorrow", ["kept whole; not shown here yet"] },
    };

    /// <summary>A fixture's name, and what the page of its conversation says beside the messages.</summary>
    public static TheoryData<string, string> AboutTheCustomer => new()
    {
        { "address-book-add", "Neighbour Sample" },
        { "address-book-remove", "You will forget me" },
        { "marketing-stopped", "No offers, please" },
        { "marketing-resumed", "Your offers" },
    };

    /// <summary>A fixture's name, and what the page of the channel says.</summary>
    public static TheoryData<string, string[]> OnTheChannel => new()
    {
        { "errors-of-the-number", ["An error, code", "130429"] },
        { "history-declined", ["The chat history", "2593109"] },
        { "account-restricted", ["Meta has restricted the business account", "ACCOUNT_RESTRICTION"] },
        { "account-disabled", ["Meta has disabled the business account", "DISABLED_UPDATE"] },
        { "account-reinstated", ["The business account", "REINSTATE"] },
        { "account-disabling-announced", ["The business account", "SCHEDULE_FOR_DISABLE"] },
        { "account-violation", ["The business account", "ACCOUNT_VIOLATION"] },
        { "account-review", ["The account's review", "APPROVED"] },
        { "account-alert", ["An alert", "PROFILE_PICTURE_LOST"] },
        { "template-rejected", ["A template", "REJECTED"] },
        { "template-category", ["A template", "MARKETING"] },
        { "number-quality", ["The number", "THROUGHPUT_UPGRADE"] },
        { "number-name", ["The displayed name", "APPROVED"] },
        { "business-capability", ["The messaging limit", "2000"] },
        { "handover", ["Another responder"] },
    };

    [Theory]
    [MemberData(nameof(InTheConversation))]
    public async Task A_message_is_seen_in_its_conversation(string fixture, string[] seen)
    {
        VisitedPage page = await DeliverAndOpenAsync(fixture);

        string last = Words(page.Document.QuerySelectorAll(".message")[^1].TextContent);
        Assert.All(seen, word => Assert.Contains(word, last, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(AboutTheCustomer))]
    public async Task What_is_told_of_a_customer_is_seen_in_their_conversation(string fixture, string seen)
    {
        VisitedPage page = await DeliverAndOpenAsync(fixture);

        Assert.Contains(seen, Words(page.Document.Body!.TextContent), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OnTheChannel))]
    public async Task What_is_told_of_the_account_or_the_number_is_seen_on_the_channels_page(string fixture, string[] seen)
    {
        await HearOfTheAccountAsync();
        await DeliverNowAsync(fixture);
        using DashboardVisitor owner = await shared.OwnerAsync();

        string page = Words((await owner.GetAsync("/settings/channels")).Document.Body!.TextContent);

        Assert.All(seen, word => Assert.Contains(word, page, StringComparison.Ordinal));
        await DeliverNowAsync("account-reinstated");
    }

    [Fact]
    public async Task A_field_that_nobody_knows_yet_is_kept_and_explained_among_the_deliveries()
    {
        await HearOfTheAccountAsync();
        await DeliverAsync("field-of-tomorrow");
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Contains("This version of Munshi does not use this kind yet", (await owner.GetAsync("/settings/deliveries")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fixture_is_seen_somewhere() => Assert.Equal(
        Directory.EnumerateFiles(RepositoryFiles.Path("tests/Corpus/Webhooks")).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
        InTheConversation.Select(row => row.Data.Item1)
            .Concat(AboutTheCustomer.Select(row => row.Data.Item1))
            .Concat(OnTheChannel.Select(row => row.Data.Item1))
            .Append("field-of-tomorrow")
            .Order(StringComparer.Ordinal));

    private async Task<VisitedPage> DeliverAndOpenAsync(string fixture)
    {
        await DeliverAsync(fixture);
        using DashboardVisitor owner = await shared.OwnerAsync();
        return await owner.GetAsync($"/inbox/{await shared.Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.conversation ORDER BY id DESC LIMIT 1")}");
    }

    /// <summary>A message tells under which account its number stands; what is about the account alone finds the workspace by it. This one is too old to be answered.</summary>
    private Task HearOfTheAccountAsync()
    {
        JsonObject message = MetaPayload.Text("919000004900", "hello");
        message["timestamp"] = "1795240800";
        return DeliverAsync(MetaPayload.Messages(message), "stored");
    }

    /// <summary>What is told of an account holds until something newer is: it is told now.</summary>
    private async Task DeliverNowAsync(string fixture)
    {
        JsonNode body = JsonNode.Parse(await ReadAsync(fixture))!;
        if (body["entry"]![0]!["time"] is not null)
        {
            body["entry"]![0]!["time"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + Interlocked.Increment(ref _told);
        }

        await DeliverAsync(JsonSerializer.SerializeToUtf8Bytes(body), "stored");
    }

    private async Task DeliverAsync(string fixture) => await DeliverAsync(await ReadAsync(fixture), fixture == "field-of-tomorrow" ? "failed" : "stored");

    private async Task DeliverAsync(byte[] body, string state)
    {
        using MetaClient meta = new(shared.Server.Webhook, RunningServer.AppSecret);
        Assert.Equal(HttpStatusCode.OK, await meta.DeliverAsync(body, Cancellation));
        string? became = null;
        await Eventually.TrueAsync(async () =>
            (became = await shared.Server.Database.ScalarAsync<string>(Became)) is not ("" or "pending") && !became.Contains("pending", StringComparison.Ordinal));
        Assert.Equal(state, became);
    }

    private static Task<byte[]> ReadAsync(string fixture) => File.ReadAllBytesAsync(RepositoryFiles.Path($"tests/Corpus/Webhooks/{fixture}.json"), Cancellation);

    /// <summary>With one space between words, however the page breaks them.</summary>
    private static string Words(string text) => Spaces().Replace(text, " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

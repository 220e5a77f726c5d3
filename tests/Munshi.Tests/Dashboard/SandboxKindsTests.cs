using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Dom;
using Munshi.Tests.Running;

namespace Munshi.Tests.Dashboard;

/// <summary>The whole way: what a customer sends from the sandbox's phone is seen in the dashboard's conversation.</summary>
public sealed class SandboxKindsTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static int _customers;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"sticker":{}}""", "Sticker")]
    [InlineData("""{"voice":true}""", "Voice message")]
    [InlineData("""{"location":{"latitude":12.9716,"longitude":77.5946,"name":"Shop","address":"MG Road"}}""", "Location Shop MG Road 12.9716, 77.5946")]
    [InlineData("""{"contacts":{"cards":[{"name":"Meena D","phone":"+91 90000 00171"},{"name":"Ravi K"}]}}""", "Contact card Meena D +91 90000 00171 Ravi K")]
    [InlineData("""{"order":{"text":"pls deliver today","items":[{"retailerId":"SKU9","quantity":2,"price":249.5},{"retailerId":"SKU4","quantity":1,"price":10}]}}""", "SKU9 × 2")]
    [InlineData("""{"form":{"response":{"pin":"560001"}}}""", "Filled-in form pin 560001 Sent")]
    [InlineData("""{"quickReply":{"text":"Stop offers"}}""", "Stop offers")]
    [InlineData("""{"unsupported":{"type":"poll_creation"}}""", "A message that WhatsApp did not pass on")]
    [InlineData("""{"unsupported":{"code":131060}}""", "A message that WhatsApp did not pass on")]
    [InlineData("""{"text":"line","forwarded":true}""", "Forwarded line")]
    [InlineData("""{"text":"line","frequentlyForwarded":true}""", "Forwarded many times line")]
    [InlineData("""{"text":"there?","product":{"retailerId":"SKU9"}}""", "About the product SKU9 there?")]
    [InlineData("""{"text":"there?","referral":{"headline":"Kurti sale"}}""", "Wrote from an advertisement: Kurti sale there?")]
    public async Task A_kind_of_the_phone_is_seen_in_the_conversation(string sent, string seen)
    {
        (SandboxPhone phone, string number) = await BefriendedAsync();
        using SandboxPhone _ = phone;

        await WriteAsync(phone, sent);

        Assert.Contains(seen, Words(await NewestAsync(number)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_a_deletion_and_a_reaction_are_seen_on_the_message()
    {
        (SandboxPhone phone, string number) = await BefriendedAsync();
        using SandboxPhone _ = phone;
        string id = await WriteAsync(phone, """{"text":"the blue one"}""");

        await WriteAsync(phone, $$$"""{"reaction":{"messageId":"{{{id}}}","emoji":"👍"}}""");
        IElement reacted = await NewestAsync(number);
        await WriteAsync(phone, $$$"""{"reaction":{"messageId":"{{{id}}}"}}""");
        IElement taken = await NewestAsync(number);
        await WriteAsync(phone, $$$"""{"edit":{"messageId":"{{{id}}}","text":"the red one"}}""");
        IElement edited = await NewestAsync(number);
        await WriteAsync(phone, $$$"""{"revoke":{"messageId":"{{{id}}}"}}""");
        IElement deleted = await NewestAsync(number);

        Assert.Equal("👍", reacted.QuerySelector(".reactions li > span")?.TextContent);
        Assert.Null(taken.QuerySelector(".reactions"));
        Assert.Equal("the red one", edited.QuerySelector(".bubble > .text")?.TextContent);
        Assert.StartsWith("The customer deleted this message", deleted.QuerySelector(".placeholder")?.TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_that_is_opened_and_a_new_number_are_seen_as_notes()
    {
        string number = NewNumber();
        string next = NewNumber();
        using SandboxPhone phone = new(shared.Server, number);

        await WriteAsync(phone, """{"welcome":true}""");
        IElement opened = await NewestAsync(number);
        await WriteAsync(phone, $$"""{"newNumber":"{{next}}"}""");

        Assert.Contains("the customer opened the chat for the first time", Words(opened), StringComparison.Ordinal);
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{await shared.NewestConversationAsync()}");
        Assert.Contains($"the customer has a new number +{next}", Words(page.Document.QuerySelectorAll(".message.in")[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_without_a_number_is_known_by_name_and_answered()
    {
        string number = NewNumber();
        using SandboxPhone phone = new(shared.Server, number);
        using HttpClient control = new() { BaseAddress = shared.Server.SandboxAddress };
        using HttpResponseMessage set = await control.PutAsJsonAsync(
            $"phone/{number}/identity", new { username = "asha.rao", phoneKeptBack = true }, Cancellation);

        string id = await phone.WriteAsync(new { text = "What are your timings?", name = "Asha Kept" }, Cancellation);
        string answer = await phone.NextFromBusinessAsync(id, Cancellation);
        await shared.Server.SettledAsync();

        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{await shared.NewestConversationAsync()}");
        Assert.Contains("Aparajita Sarees is open", answer, StringComparison.Ordinal);
        Assert.Contains("Asha Kept", page.Document.QuerySelector("main h1")?.TextContent, StringComparison.Ordinal);
        Assert.Contains("What are your timings?", Words(page.Document.QuerySelectorAll(".message.in")[^1]), StringComparison.Ordinal);
        Assert.DoesNotContain(number, page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marketing_choice_reaches_the_intake_as_a_preference()
    {
        (SandboxPhone phone, string _) = await BefriendedAsync();
        using SandboxPhone disposed = phone;

        await WriteAsync(phone, """{"marketing":"stop"}""");

        Assert.Equal(1, await shared.Server.Database.ScalarAsync<long>("SELECT count(*) FROM intake.update WHERE kind = 'user_preference'"));
    }

    private static string NewNumber() => $"91900000{Interlocked.Increment(ref _customers) + 7000}";

    private static string Words(IElement element) => string.Join(' ', string.Join(' ', element.Descendants<IText>().Select(text => text.Data))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<(SandboxPhone Phone, string Number)> BefriendedAsync()
    {
        string number = NewNumber();
        SandboxPhone phone = new(shared.Server, number);
        await WriteAsync(phone, """{"text":"talk to a person"}""");
        return (phone, number);
    }

    private async Task<string> WriteAsync(SandboxPhone phone, string json)
    {
        string id = await phone.WriteAsync(JsonElement.Parse(json), Cancellation);
        await shared.Server.SettledAsync();
        return id;
    }

    private async Task<IElement> NewestAsync(string number)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{await shared.Server.ConversationAsync(number)}");
        return page.Document.QuerySelectorAll(".message.in")[^1];
    }
}

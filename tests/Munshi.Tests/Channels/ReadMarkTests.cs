using System.Net;
using System.Text.Json;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Channels;

/// <summary>The customer sees that a person read, and that a person writes.</summary>
public sealed class ReadMarkTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_who_opens_a_conversation_marks_what_the_customer_wrote_as_read_on_the_phone_once()
    {
        using SandboxPhone phone = shared.NewPhone();
        Guid conversation = await AskAsync(phone);
        using DashboardVisitor owner = await shared.OwnerAsync();
        long marked = await MarkedAsync();
        Assert.NotEqual("read", await StatusAsync(phone));

        await owner.GetAsync($"/inbox/{conversation}", ("Sec-Purpose", "prefetch"));
        await shared.Server.SettledAsync();
        Assert.Equal(marked, await MarkedAsync());

        await owner.GetAsync($"/inbox/{conversation}");
        await Eventually.TrueAsync(async () => await StatusAsync(phone) == "read");
        await owner.GetAsync($"/inbox/{conversation}");
        await shared.Server.SettledAsync();
        Assert.Equal(marked + 1, await MarkedAsync());
    }

    [Fact]
    public async Task Of_several_unread_messages_the_newest_is_marked_and_with_it_all()
    {
        using SandboxPhone phone = shared.NewPhone();
        Guid conversation = await AskAsync(phone);
        await phone.AskAsync("Do you gift wrap?", Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        long marked = await MarkedAsync();

        await owner.GetAsync($"/inbox/{conversation}");
        await shared.Server.SettledAsync();

        Assert.All(await OwnAsync(phone), message => Assert.Equal("read", message.GetProperty("status").GetString()));
        Assert.Equal(marked + 1, await MarkedAsync());
    }

    [Fact]
    public async Task A_mark_that_Meta_refuses_is_forgotten_stops_no_number_and_holds_up_no_page()
    {
        using SandboxPhone phone = shared.NewPhone();
        Guid conversation = await AskAsync(phone);
        using DashboardVisitor owner = await shared.OwnerAsync();
        await shared.Server.FaultsAsync(new { tokenRevoked = true });
        try
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync($"/inbox/{conversation}")).Status);
            await Eventually.TrueAsync(async () => await shared.Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM work.job WHERE kind = 'channel.read-mark'") == 0);
            Assert.Equal(0, await shared.Server.Database.ScalarAsync<int>("SELECT count(*)::int FROM channel.number_stop"));
            Assert.NotEqual("read", await StatusAsync(phone));
        }
        finally
        {
            await shared.Server.FaultsAsync(new { tokenRevoked = false });
        }
    }

    [Fact]
    public async Task A_person_who_writes_is_seen_typing_on_the_phone_at_most_every_twenty_seconds()
    {
        using SandboxPhone phone = shared.NewPhone();
        Guid conversation = await AskAsync(phone);
        using DashboardVisitor owner = await shared.OwnerAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{conversation}");
        await shared.Server.SettledAsync();
        long marked = await MarkedAsync();
        string typing = page.Document.QuerySelector("#reply-form")!.GetAttribute("data-typing")!;
        KeyValuePair<string, string>[] token = [new("form-token", page.Document.QuerySelector("#reply-form input[name=form-token]")!.GetAttribute("value")!)];

        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync(typing, token)).Status);
        await Eventually.TrueAsync(async () => await MarkedAsync() == marked + 1);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync(typing, token)).Status);
        await shared.Server.SettledAsync();

        Assert.Equal(marked + 1, await MarkedAsync());
        Assert.Contains("is typing…", WebUtility.HtmlDecode(await phone.PageAsync(Cancellation)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.PostAsync(typing, [])).Status);
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        string theirs = (await other.GetAsync("/inbox")).Document.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(typing.Replace($"{conversation}", $"{Guid.NewGuid()}", StringComparison.Ordinal), [new("form-token", theirs)])).Status);
    }

    private async Task<Guid> AskAsync(SandboxPhone phone)
    {
        await phone.AskAsync("What are your timings?", Cancellation);
        await shared.Server.SettledAsync();
        return await shared.NewestConversationAsync();
    }

    private static async Task<IReadOnlyList<JsonElement>> OwnAsync(SandboxPhone phone) =>
        [.. (await phone.MessagesAsync(Cancellation)).Where(message => message.GetProperty("direction").GetString() == "customer")];

    private static async Task<string?> StatusAsync(SandboxPhone phone) => (await OwnAsync(phone))[0].GetProperty("status").GetString();

    private async Task<long> MarkedAsync() => (await shared.Server.SandboxStateAsync()).GetProperty("graph").GetProperty("markedRead").GetInt64();
}

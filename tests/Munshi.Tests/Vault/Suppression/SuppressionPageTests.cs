using System.Net;
using AngleSharp.Dom;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Vault.Suppression;

public sealed class SuppressionPageTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/opt-outs";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_owner_sees_who_wrote_stop_and_who_stopped_marketing_until_they_take_it_back()
    {
        using SandboxPhone asked = shared.NewPhone();
        using SandboxPhone chose = shared.NewPhone();
        using SandboxPhone neither = shared.NewPhone();
        await neither.WriteAsync(new { text = "hello" }, Cancellation);
        await asked.WriteAsync(new { text = "STOP" }, Cancellation);
        await chose.WriteAsync(new { text = "hello" }, Cancellation);
        await chose.WriteAsync(new { marketing = "stop" }, Cancellation);
        await shared.Server.SettledAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage both = await owner.GetAsync(Page);
        long second = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(); // WhatsApp's times are whole seconds, and of one second that which stops holds
        await Eventually.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() > second));
        await chose.WriteAsync(new { marketing = "resume" }, Cancellation);
        await shared.Server.SettledAsync();
        VisitedPage one = await owner.GetAsync(Page);
        await asked.WriteAsync(new { text = "START" }, Cancellation);
        await shared.Server.SettledAsync();
        VisitedPage none = await owner.GetAsync(Page);

        IElement[] shown = [.. both.Document.QuerySelectorAll("#suppressed > li")];
        Assert.Equal(2, shown.Length);
        IElement marketing = Assert.Single(shown, row => row.TextContent.Contains("No marketing", StringComparison.Ordinal));
        Assert.Contains("for your number +919000000001", marketing.TextContent, StringComparison.Ordinal);
        IElement automatic = Assert.Single(shown, row => row.TextContent.Contains("No automatic messages", StringComparison.Ordinal));
        string conversation = automatic.QuerySelector("a")!.GetAttribute("href")!;
        Assert.Contains("STOP", (await owner.GetAsync(conversation)).Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("No automatic messages", Assert.Single(one.Document.QuerySelectorAll("#suppressed > li")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Nobody has opted out.", none.Text(".empty h3"));
    }

    [Fact]
    public async Task The_list_goes_on_page_by_page_and_each_stands_once()
    {
        await shared.Server.Database.AsSuperuserAsync(
            $"""
            INSERT INTO vault.contact (client_id, id, created_at, opted_out_at)
            SELECT '{shared.OtherClientId}', gen_random_uuid(), now(), now() - n / 3 * interval '1 second' FROM generate_series(1, 120) n;
            INSERT INTO vault.identifier (client_id, id, contact_id, kind, lookup, value_sealed, created_at)
            SELECT client_id, gen_random_uuid(), id, 'phone', sha256(uuid_send(id)), '\x00', now() FROM vault.contact WHERE client_id = '{shared.OtherClientId}'
            """);
        using DashboardVisitor owner = await shared.OtherOwnerAsync();

        List<int> pages = [];
        string? next = Page;
        HashSet<string> cursors = [];
        while (next is not null && cursors.Add(next))
        {
            VisitedPage page = await owner.GetAsync(next);
            pages.Add(page.Document.QuerySelectorAll("#suppressed > li").Length);
            next = page.Document.QuerySelector("a.button[href*='before=']")?.GetAttribute("href");
        }

        Assert.Equal([50, 50, 20], pages);
    }

    [Fact]
    public async Task It_is_for_owners_and_takes_no_other_cursor()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.GetAsync(Page + "?before=yesterday")).Status);
    }
}

using System.Net;
using AngleSharp.Dom;
using Munshi.Import;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Import;
using Munshi.Tests.Running;
using Munshi.Vault.Importing;

namespace Munshi.Tests.Vault.Importing;

/// <summary>An import is taken back as a whole: what no other import saw is not shown, no row changes, and the same file puts it back.</summary>
public sealed class WithdrawalTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Page = "/settings/imports";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_import_added_is_shown_no_more_and_comes_back_with_the_same_file()
    {
        using SandboxPhone phone = shared.NewPhone();
        await ImportAsync("13/01/21, 10:00 - Asha: a peacock blue one\n13/01/21, 10:05 - Aparajita Sarees: with a border of gold\n", phone.Number);
        using DashboardVisitor owner = await shared.OwnerAsync();
        string conversation = $"/inbox/{await shared.Server.ConversationAsync(phone.Number)}";
        long rows = await RowsAsync();

        VisitedPage done = await WithdrawAsync(owner);
        string without = await ThreadAsync(owner, conversation);
        string inbox = (await owner.GetAsync("/inbox")).Document.QuerySelector("main")!.TextContent;
        await ImportAsync("13/01/21, 10:00 - Asha: a peacock blue one\n13/01/21, 10:05 - Aparajita Sarees: with a border of gold\n", phone.Number);

        Assert.Equal(ShowImports.Url + "?done=1", done.Location);
        Assert.DoesNotContain("peacock", without, StringComparison.Ordinal);
        Assert.DoesNotContain("border of gold", inbox, StringComparison.Ordinal);
        Assert.Equal(rows, await RowsAsync());
        Assert.Contains("peacock", await ThreadAsync(owner, conversation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_import_saw_too_stays_and_what_came_by_the_channel_is_untouched()
    {
        using SandboxPhone phone = shared.NewPhone();
        await phone.WriteAsync(new { text = "hello from the channel" }, Cancellation);
        await shared.Server.SettledAsync();
        await ImportAsync("13/01/21, 10:00 - Asha: marigold\n13/01/21, 10:05 - Aparajita Sarees: jasmine\n", phone.Number);
        await ImportAsync("13/01/21, 10:05 - Aparajita Sarees: jasmine\n13/01/21, 10:10 - Asha: hibiscus\n", phone.Number);
        using DashboardVisitor owner = await shared.OwnerAsync();
        string conversation = $"/inbox/{await shared.Server.ConversationAsync(phone.Number)}";

        await WithdrawAsync(owner);

        string thread = await ThreadAsync(owner, conversation);
        Assert.Contains("marigold", thread, StringComparison.Ordinal);
        Assert.Contains("jasmine", thread, StringComparison.Ordinal);
        Assert.DoesNotContain("hibiscus", thread, StringComparison.Ordinal);
        Assert.Contains("hello from the channel", thread, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_only_the_withdrawn_import_showed_goes_with_it()
    {
        using SandboxPhone phone = shared.NewPhone();
        await ImportAsync("13/01/21, 10:00 - Asha: two metres please\n13/01/21, 10:05 - Aparajita Sarees: of the red one\n", phone.Number);
        await ImportAsync("13/01/21, 10:00 - Asha: three metres please <This message was edited>\n13/01/21, 10:05 - Aparajita Sarees: This message was deleted\n", phone.Number);
        using DashboardVisitor owner = await shared.OwnerAsync();
        string conversation = $"/inbox/{await shared.Server.ConversationAsync(phone.Number)}";
        string changed = await ThreadAsync(owner, conversation);

        await WithdrawAsync(owner);
        long events = await RowsAsync();

        Assert.Contains("three metres please", changed, StringComparison.Ordinal);
        Assert.Contains("deleted", changed, StringComparison.Ordinal);
        string thread = await ThreadAsync(owner, conversation);
        Assert.DoesNotContain("three metres please", thread, StringComparison.Ordinal);
        Assert.DoesNotContain("deleted", thread, StringComparison.Ordinal);
        Assert.Contains("two metres please", thread, StringComparison.Ordinal);
        Assert.Contains("of the red one", thread, StringComparison.Ordinal);
        await ImportAsync("13/01/21, 10:00 - Asha: three metres please <This message was edited>\n13/01/21, 10:05 - Aparajita Sarees: This message was deleted\n", phone.Number);
        Assert.Contains("three metres please", await ThreadAsync(owner, conversation), StringComparison.Ordinal);
        Assert.Equal(events, await RowsAsync());
    }

    [Fact]
    public async Task The_page_tells_what_each_import_saw_and_is_for_owners_of_this_workspace()
    {
        using SandboxPhone phone = shared.NewPhone();
        await ImportAsync("13/01/21, 10:00 - Asha: one of them\n13/01/21, 10:05 - Aparajita Sarees: two of them\n", phone.Number);
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        VisitedPage page = await owner.GetAsync(Page);
        IElement newest = page.Document.QuerySelector("#imports > li")!;
        string withdraw = newest.QuerySelector("form")!.GetAttribute("action")!;
        Guid import = Guid.Parse(withdraw.Split('/')[3]);

        Assert.Contains("chat.txt", newest.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 added, 0 stood already, 0 edits and deletions found", newest.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync(Page)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await owner.GetAsync(Page + "?before=yesterday")).Status);
        Assert.Equal("No chat was imported yet.", (await other.GetAsync(Page)).Text(".empty h3"));
        Assert.False(await shared.Server.Get<ImportWithdrawals>().WithdrawAsync(shared.OtherClientId, import, Munshi.Audit.Actor.Person(shared.OtherOwnerId), Cancellation));
    }

    /// <summary>The newest.</summary>
    private static async Task<VisitedPage> WithdrawAsync(DashboardVisitor owner) => await owner.SubmitAsync(await owner.GetAsync(Page), "#imports > li:first-child form");

    private static async Task<string> ThreadAsync(DashboardVisitor owner, string conversation) =>
        (await owner.GetAsync(conversation)).Document.QuerySelector("#thread")!.TextContent;

    private async Task ImportAsync(string text, string customer) => ExportedChat.Done(await shared.Server.ImportAsync(text, customer));

    private Task<long> RowsAsync() => shared.Server.Database.ScalarAsync<long>("SELECT count(*) FROM vault.message WHERE source = 'import'");
}

using System.Net;
using Munshi.Tests.Running;

namespace Munshi.Tests.Dashboard;

public sealed class ListAndUndoTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static readonly (string Name, string Value) Fragment = ("HX-Request", "true");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_of_the_inbox_leads_back_to_the_rows_above_it()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        for (int i = 0; i < 3; i++)
        {
            using SandboxPhone phone = shared.NewPhone();
            await phone.AskAsync("What are your timings?", Cancellation);
        }

        VisitedPage top = await owner.GetAsync("/inbox");
        string[] ids = [.. top.Document.QuerySelectorAll(".row").Select(row => row.Id!)];
        string second = top.Document.QuerySelectorAll(".row")[1].GetAttribute("data-cursor")!;
        VisitedPage below = await owner.GetAsync($"/inbox?before={second}");
        VisitedPage above = await owner.GetAsync($"/inbox?after={second}", Fragment);
        VisitedPage wrong = await owner.GetAsync("/inbox?after=tomorrow");

        Assert.Equal(ids[2..], below.Document.QuerySelectorAll(".row").Select(row => row.Id));
        Assert.NotNull(below.Document.QuerySelector("#newer"));
        Assert.Equal([ids[0]], above.Document.QuerySelectorAll(".row").Select(row => row.Id));
        Assert.Null(above.Document.QuerySelector("#newer, #more"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
    }

    [Fact]
    public async Task Taking_over_is_undone_to_the_former_owner_and_only_until_the_next_change()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = shared.NewPhone();
        await phone.AskAsync("Please let me talk to a person.", Cancellation);
        Guid id = await shared.NewestConversationAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");

        VisitedPage taken = await TakeAsync(owner, page);
        VisitedPage undone = await owner.SubmitAsync(taken, "#undo-form");
        VisitedPage waiting = await owner.GetAsync(undone.Location!);
        VisitedPage late = await owner.SubmitAsync(taken, "#undo-form", ("to", "responder"));
        VisitedPage stranger = await owner.SubmitAsync(taken, "#undo-form", ("to", shared.OtherOwnerId.ToString()));

        Assert.Equal("Waiting for a person", waiting.Text("#owner-bar .state"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
    }

    [Fact]
    public async Task A_browser_that_keeps_the_text_is_told_the_status_alone()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = shared.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await shared.NewestConversationAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        owner.Http.DefaultRequestHeaders.Add("Prefer", "return=minimal");

        VisitedPage sent = await owner.SubmitAsync(page, "#reply-form", ("text", "Good morning."));
        VisitedPage blank = await owner.SubmitAsync(page, "#reply-form", ("text", " "), ("key", Guid.NewGuid().ToString()));

        Assert.Equal((HttpStatusCode.NoContent, ""), (sent.Status, sent.Html));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, blank.Status);
    }

    [Fact]
    public async Task Names_are_found_without_regard_to_case_and_never_those_of_another_workspace()
    {
        using SandboxPhone phone = shared.NewPhone();
        string asked = await phone.WriteAsync(new { text = "What are your timings?", name = "Zubeda Unmistakable (example)" }, Cancellation);
        await phone.NextFromBusinessAsync(asked, Cancellation);
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor other = await shared.OtherOwnerAsync();

        VisitedPage found = await owner.GetAsync("/find?q=unmis%20zub");
        VisitedPage options = await owner.GetAsync("/find?q=zubeda", Fragment);
        VisitedPage nothing = await owner.GetAsync("/find?q=nobody-of-that-name");
        VisitedPage elsewhere = await other.GetAsync("/find?q=zubeda");

        Assert.Equal("Zubeda Unmistakable (example)", found.Text(".found .option-name"));
        Assert.StartsWith("/inbox/", options.Document.QuerySelector("[role=option]")!.GetAttribute("data-go"), StringComparison.Ordinal);
        Assert.NotNull(nothing.Document.QuerySelector(".empty a[href='/find']"));
        Assert.Null(elsewhere.Document.QuerySelector(".found"));
    }

    private static async Task<VisitedPage> TakeAsync(DashboardVisitor owner, VisitedPage page)
    {
        owner.Http.DefaultRequestHeaders.Add("HX-Request", "true");
        try
        {
            return await owner.SubmitAsync(page, "#take-form");
        }
        finally
        {
            owner.Http.DefaultRequestHeaders.Remove("HX-Request");
        }
    }
}

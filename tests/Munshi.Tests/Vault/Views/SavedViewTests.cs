using System.Net;
using AngleSharp.Dom;
using Munshi.Tests.Dashboard;
using Munshi.Vault.Labels;
using Munshi.Vault.Pages;
using Munshi.Vault.Views;

namespace Munshi.Tests.Vault.Views;

public sealed class SavedViewTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SavedViews Views => shared.Server.Get<SavedViews>();

    [Fact]
    public async Task A_member_saves_what_the_inbox_lists_comes_back_to_it_and_removes_it()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor owner = await shared.OwnerAsync();

        VisitedPage saved = await colleague.SubmitAsync(await colleague.GetAsync("/inbox?view=mine&state=snoozed"), "#save-view", ("name", " Mine, later "));
        VisitedPage page = await colleague.GetAsync("/inbox");
        IElement link = Assert.Single(page.Document.QuerySelectorAll("#saved-views a"));
        VisitedPage others = await owner.GetAsync("/inbox");
        VisitedPage removed = await colleague.SubmitAsync(page, "#saved-views form");

        Assert.Equal("/inbox?view=mine&state=snoozed", saved.Location);
        Assert.Equal("Mine, later", link.TextContent);
        Assert.Equal("/inbox?view=mine&state=snoozed", link.GetAttribute("href"));
        Assert.DoesNotContain(others.Document.QuerySelectorAll("#saved-views a"), other => other.TextContent == "Mine, later");
        Assert.Null((await colleague.GetAsync(removed.Location!)).Document.QuerySelector("#saved-views"));
        Assert.Equal(
            ["view.saved", "view.removed"],
            await shared.Server.Database.ScalarAsync<string[]>($"SELECT array_agg(action ORDER BY id) FROM audit.event WHERE actor = 'person:{shared.ColleagueId}' AND action LIKE 'view.%'"));
    }

    [Theory]
    [InlineData("", "Give the view a name of at most 40 characters.")]
    [InlineData("THE  usual", "You have a view of this name already. Choose another name, or remove that one.")]
    public async Task A_name_that_cannot_be_comes_back_with_the_reason(string name, string reason)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        await Views.SaveAsync(shared.Server.ClientId, new SavedView(Guid.CreateVersion7(), "The usual", InboxFilter.Mine), shared.Server.OwnerId, Cancellation);

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync("/inbox?state=resolved"), "#save-view", ("name", name));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(reason, refused.Text("#view-problem"));
        Assert.Equal(name, refused.Document.QuerySelector("#view-name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_view_of_a_label_that_is_removed_is_offered_no_more()
    {
        using DashboardVisitor owner = await shared.OtherOwnerAsync();
        Label label = new(Guid.CreateVersion7(), "Passing", "blue");
        await shared.Server.Get<LabelBook>().MakeAsync(shared.OtherClientId, label, shared.OtherOwnerId, Cancellation);
        await owner.SubmitAsync(await owner.GetAsync($"/inbox?label={label.Id}"), "#save-view", ("name", "Passing ones"));
        VisitedPage before = await owner.GetAsync("/inbox");

        await shared.Server.Get<LabelBook>().RetireAsync(shared.OtherClientId, label.Id, shared.OtherOwnerId, Cancellation);

        Assert.Equal($"/inbox?label={label.Id}", before.Document.QuerySelector("#saved-views a")!.GetAttribute("href"));
        Assert.Null((await owner.GetAsync("/inbox")).Document.QuerySelector("#saved-views"));
    }

    [Fact]
    public async Task Nobody_removes_anothers_view_or_saves_one_of_another_workspaces_label()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        using DashboardVisitor stranger = await shared.OtherOwnerAsync();
        SavedView view = new(Guid.CreateVersion7(), "Kingfisher", InboxFilter.Waiting);
        await Views.SaveAsync(shared.Server.ClientId, view, shared.Server.OwnerId, Cancellation);
        Label label = new(Guid.CreateVersion7(), "Ours", "blue");
        await shared.Server.Get<LabelBook>().MakeAsync(shared.Server.ClientId, label, shared.Server.OwnerId, Cancellation);

        foreach (DashboardVisitor visitor in new[] { colleague, stranger })
        {
            Dictionary<string, string> form = new() { ["form-token"] = await TokenAsync(visitor) };
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync($"/inbox/views/{view.Id}/removal", form)).Status);
        }

        VisitedPage forged = await stranger.PostAsync(
            $"/inbox/views?label={label.Id}", new Dictionary<string, string> { ["form-token"] = await TokenAsync(stranger), ["id"] = Guid.NewGuid().ToString(), ["name"] = "Theirs" });
        Assert.Equal(HttpStatusCode.NotFound, forged.Status);
        Assert.Contains(await Views.ListAsync(shared.Server.ClientId, shared.Server.OwnerId, Cancellation), one => one.Name == "Kingfisher");
        Assert.DoesNotContain(
            "Kingfisher",
            await shared.Server.Database.ScalarAsync<string>($"SELECT v::text || encode(name_sealed, 'escape') FROM vault.saved_view v WHERE id = '{view.Id}'"),
            StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> TokenAsync(DashboardVisitor visitor) =>
        (await visitor.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;
}

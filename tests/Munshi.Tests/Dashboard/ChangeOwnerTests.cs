using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Munshi.Tests.Running;

namespace Munshi.Tests.Dashboard;

/// <summary>Who answers a conversation, changed from its page.</summary>
public sealed class ChangeOwnerTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_takes_over_answers_and_hands_back_without_javascript()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string before = (await phone.MessagesAsync(Cancellation))[^1].GetProperty("id").GetString()!;
        VisitedPage page = await owner.GetAsync($"/inbox/{id}?view=mine");

        VisitedPage taken = await owner.SubmitAsync(page, "#take-form");
        VisitedPage own = await owner.GetAsync(taken.Location!);
        VisitedPage sent = await owner.SubmitAsync(own, "#reply-form", ("text", "Asha here.\r\nYes, gladly."));
        string received = await phone.NextFromBusinessAsync(before, Cancellation);
        VisitedPage back = await owner.SubmitAsync(await owner.GetAsync(sent.Location!), "#release-form");
        VisitedPage end = await owner.GetAsync(back.Location!);

        Assert.Equal($"/inbox/{id}?view=mine", taken.Location);
        Assert.Equal("You are answering", own.Text("#owner-bar .state"));
        Assert.Equal("Asha here.\nYes, gladly.", received);
        Assert.Equal("Munshi is answering", end.Text("#owner-bar .state"));
        Assert.Equal("Asha Owner", end.Document.QuerySelectorAll(".message.out .author")[^1].TextContent.Trim());
    }

    [Fact]
    public async Task Whoever_comes_second_is_told_and_nothing_is_done()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage seenByOwner = await owner.GetAsync($"/inbox/{id}");
        VisitedPage seenByColleague = await colleague.GetAsync($"/inbox/{id}");
        await colleague.SubmitAsync(seenByColleague, "#take-form");

        VisitedPage late = await owner.SubmitAsync(seenByOwner, "#take-form");
        VisitedPage unsent = await owner.SubmitAsync(seenByOwner, "#reply-form", ("text", "Kept <b>whole</b>"));

        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Contains("Someone else changed who answers", late.Text("#owner-bar .problem"), StringComparison.Ordinal);
        Assert.Contains("Debjit Colleague", late.Text("#owner-bar .state"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, unsent.Status);
        Assert.Equal("Kept <b>whole</b>", unsent.Text("textarea.kept"));
        Assert.DoesNotContain(await phone.MessagesAsync(Cancellation), message => Text(message).StartsWith("Kept", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_gives_a_conversation_to_a_colleague_of_this_workspace_and_to_nobody_else()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage seen = await owner.GetAsync($"/inbox/{id}");
        IElement given = Assert.Single(seen.Document.QuerySelectorAll("#assign-form button"), button => button.TextContent == "Debjit Colleague");

        VisitedPage stranger = await owner.SubmitAsync(seen, "#assign-form", ("to", shared.OtherOwnerId.ToString()));
        VisitedPage untouched = await owner.GetAsync($"/inbox/{id}");
        await owner.SubmitAsync(seen, "#assign-form", ("to", given.GetAttribute("value")!));
        VisitedPage late = await owner.SubmitAsync(seen, "#assign-form", ("to", shared.Server.OwnerId.ToString()));

        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
        Assert.Equal("Munshi is answering", untouched.Text("#owner-bar .state"));
        Assert.Equal("You are answering", (await colleague.GetAsync($"/inbox/{id}?view=mine")).Text("#owner-bar .state"));
        Assert.Equal(HttpStatusCode.Conflict, late.Status);
        Assert.Equal(
            $"person:{shared.Server.OwnerId}",
            await shared.Server.Database.ScalarAsync<string>($"SELECT actor FROM audit.event WHERE action = 'conversation.assigned' AND object = 'conversation:{id}'"));
    }

    private static string Text(JsonElement message) => message.GetProperty("text").GetString() ?? "";
}

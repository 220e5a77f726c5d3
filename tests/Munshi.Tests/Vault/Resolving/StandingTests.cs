using System.Net;
using AngleSharp.Dom;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault;
using Munshi.Vault.Resolving;

namespace Munshi.Tests.Vault.Resolving;

public sealed class StandingTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_resolved_conversation_leaves_the_open_ones_and_the_thread_says_who_resolved_it()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        VisitedPage done = await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#resolve-form");
        VisitedPage page = await owner.GetAsync(done.Location!);

        Assert.Null((await owner.GetAsync("/inbox")).Document.QuerySelector($"#c-{id}"));
        Assert.NotNull((await owner.GetAsync("/inbox?state=resolved")).Document.QuerySelector($"#c-{id}"));
        Assert.Contains("Asha Owner resolved this", page.Text("#run .aside > span").Replace("\u2068", "").Replace("\u2069", ""), StringComparison.Ordinal);
        Assert.Equal("Resolved", page.Text(".who .chip.ok"));
        Assert.Equal([("conversation.resolved", $"person:{shared.Server.OwnerId}")], await EventsAsync(id));
    }

    [Fact]
    public async Task What_the_customer_writes_opens_a_resolved_conversation_again()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#resolve-form");

        await phone.AskAsync("Is there parking near the shop?", Cancellation);

        Assert.NotNull((await owner.GetAsync("/inbox")).Document.QuerySelector($"#c-{id}"));
        Assert.Contains((await owner.GetAsync($"/inbox/{id}")).Document.QuerySelectorAll("#run .aside > span"), line => line.TextContent == "The customer wrote: this is open again");
        Assert.Equal("conversation.reopened", (await EventsAsync(id))[^1].Action);
        Assert.StartsWith("customer:", (await EventsAsync(id))[^1].Actor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_waits_in_a_crowd_opens_each_conversation_again_once()
    {
        (SandboxPhone first, Guid one) = await shared.AnsweredAsync();
        (SandboxPhone second, Guid other) = await shared.AnsweredAsync();
        using SandboxPhone _ = first;
        using SandboxPhone __ = second;
        foreach (Guid id in new[] { one, other })
        {
            Assert.Equal(StandingOutcome.Done, await Standings.ResolveAsync(shared.Server.ClientId, id, shared.Server.OwnerId, seen: 99, Cancellation));
        }

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => (number % 2 == 0 ? first : second).WriteAsync(new { text = $"Question {number}" }, Cancellation)));

        await Eventually.TrueAsync(async () => await shared.Server.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM vault.message WHERE conversation_id IN ('{one}', '{other}') AND direction = 'in'") == 12);
        Assert.Equal(2, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.conversation WHERE id IN ('{one}', '{other}') AND state = 'open'"));
        Assert.Equal(2, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM vault.conversation_event WHERE conversation_id IN ('{one}', '{other}') AND kind = 'reopened'"));
    }

    [Fact]
    public async Task A_conversation_that_is_put_off_waits_apart_and_comes_back_by_itself_when_its_time_comes()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        string tomorrow = page.Document.QuerySelectorAll("#snooze-form button[name=until]")[^2].GetAttribute("value")!;

        await owner.SubmitAsync(page, "#snooze-form", ("until", tomorrow));
        (SandboxPhone another, Guid newer) = await shared.AnsweredAsync();
        another.Dispose();
        VisitedPage open = await owner.GetAsync("/inbox");
        VisitedPage apart = await owner.GetAsync("/inbox?state=snoozed");
        await shared.Server.Database.AsSuperuserAsync(
            $"""
            UPDATE vault.conversation SET snoozed_until = now() WHERE id = '{id}';
            UPDATE work.job SET run_at = now() WHERE kind = 'snooze.end' AND subject = '{id}'
            """);

        await Eventually.TrueAsync(async () => await StateAsync(id) == "open");
        Assert.Null(open.Document.QuerySelector($"#c-{id}"));
        Assert.NotNull(apart.Document.QuerySelector($"#c-{id} .row-labels .chip.info"));
        await Eventually.TrueAsync(async () => (await owner.GetAsync("/inbox")).Document.QuerySelector($"#c-{id}") is not null);
        IElement row = (await owner.GetAsync("/inbox")).Document.QuerySelector(".row")!;
        Assert.NotNull(open.Document.QuerySelector($"#c-{newer}"));
        Assert.Equal($"c-{id}", row.Id); // above those in which something was said since
        Assert.Contains("Came back", row.TextContent, StringComparison.Ordinal);
        Assert.Equal([("conversation.snoozed", $"person:{shared.Server.OwnerId}"), ("conversation.woken", "program:inbox")], await EventsAsync(id));
        Assert.Equal(0, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM work.job WHERE subject = '{id}'"));
    }

    [Fact]
    public async Task A_conversation_put_off_anew_comes_back_at_the_later_time_only()
    {
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Standings.SnoozeAsync(shared.Server.ClientId, id, shared.Server.OwnerId, seen: 99, now.AddHours(1), Cancellation);
        await Standings.SnoozeAsync(shared.Server.ClientId, id, shared.Server.OwnerId, seen: 99, now.AddHours(5), Cancellation);

        await shared.Server.Database.AsSuperuserAsync(
            $"UPDATE work.job SET run_at = now() WHERE id = (SELECT id FROM work.job WHERE kind = 'snooze.end' AND subject = '{id}' ORDER BY run_at LIMIT 1)");

        await Eventually.TrueAsync(async () => await shared.Server.Database.ScalarAsync<long>(
            $"SELECT count(*) FROM work.job WHERE kind = 'snooze.end' AND subject = '{id}' AND lease IS NULL AND run_at > now() + interval '4 hours'") == 2);
        Assert.Equal("snoozed", await StateAsync(id));
        await Standings.ReopenAsync(shared.Server.ClientId, id, shared.Server.OwnerId, Cancellation);
        await shared.Server.Database.AsSuperuserAsync($"UPDATE work.job SET run_at = now() WHERE kind = 'snooze.end' AND subject = '{id}'");
        await Eventually.TrueAsync(async () => await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM work.job WHERE subject = '{id}'") == 0);
        Assert.Equal(["conversation.snoozed", "conversation.snoozed", "conversation.reopened"], (await EventsAsync(id)).Select(one => one.Action));
    }

    [Fact]
    public async Task What_Munshi_hands_to_people_or_a_member_takes_is_open_again_and_the_thread_says_so()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#resolve-form");
        string resolved = await StateAsync(id);

        await shared.Server.Get<WorkspaceDatabase>().TransactAsync(
            shared.Server.ClientId,
            async transaction => Ownership.Change(
                transaction, (await Conversations.LockAsync(transaction, id))!, Actor.Responder, OwnerKind.Waiting, null, TimeProvider.System.GetUtcNow()),
            Cancellation);
        string handedOver = await StateAsync(id);
        VisitedPage thread = await owner.GetAsync($"/inbox/{id}");
        await owner.SubmitAsync(thread, "#resolve-form");
        await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#take-form");

        Assert.Equal(("resolved", "open", "open"), (resolved, handedOver, await StateAsync(id)));
        Assert.Contains("Munshi handed this to people: it is open again", thread.Text("#thread"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_customer_writes_wakes_at_once()
    {
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await Standings.SnoozeAsync(shared.Server.ClientId, id, shared.Server.OwnerId, seen: 99, TimeProvider.System.GetUtcNow().AddDays(2), Cancellation);

        await phone.AskAsync("Is there parking near the shop?", Cancellation);

        Assert.Equal("open", await StateAsync(id));
    }

    [Fact]
    public async Task Nobody_resolves_or_puts_off_over_a_message_that_they_have_not_seen()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage seen = await owner.GetAsync($"/inbox/{id}");
        string until = seen.Document.QuerySelector("#snooze-form button[name=until]")!.GetAttribute("value")!;
        await phone.AskAsync("Is there parking near the shop?", Cancellation);

        VisitedPage resolved = await owner.SubmitAsync(seen, "#resolve-form");
        VisitedPage snoozed = await owner.SubmitAsync(seen, "#snooze-form", ("until", until));

        Assert.All([resolved, snoozed], page =>
        {
            Assert.Equal(HttpStatusCode.Conflict, page.Status);
            Assert.Equal("The customer has written since this page was made. Read that first; nothing was changed.", page.Text("#standing-problem"));
        });
        Assert.Equal("open", await StateAsync(id));
        Assert.Empty(await EventsAsync(id));
    }

    [Theory]
    [InlineData("own", "2001-01-01T09:00")]
    [InlineData("own", "2999-01-01T09:00")]
    [InlineData("own", "0001-01-01T00:00")]
    [InlineData("own", "")]
    [InlineData("own", "tomorrow")]
    [InlineData("until", "2001-01-01T09:00:00.0000000+00:00")]
    [InlineData("until", "tomorrow")]
    public async Task A_time_that_does_not_lie_ahead_is_refused_and_the_reason_told(string field, string time)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), field == "own" ? "#snooze-own-form" : "#snooze-form", (field, time));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Choose a time that lies ahead, at most 366 days from now.", refused.Text("#standing-problem"));
        Assert.Equal("open", await StateAsync(id));
    }

    [Fact]
    public async Task A_time_of_ones_own_is_read_on_the_readers_clock()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        DateTime day = TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(3);

        await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#snooze-own-form", ("own", $"{day:yyyy-MM-dd}T09:30"));

        // 9:30 in India is 4:00 in UTC.
        Assert.Equal(day.AddHours(4), await shared.Server.Database.ScalarAsync<DateTime>($"SELECT snoozed_until AT TIME ZONE 'UTC' FROM vault.conversation WHERE id = '{id}'"));
    }

    [Theory]
    [InlineData("resolution")]
    [InlineData("reopening")]
    [InlineData("snooze")]
    public async Task Another_workspaces_conversation_is_not_found(string act)
    {
        using DashboardVisitor stranger = await shared.OtherOwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        VisitedPage answer = await stranger.PostAsync($"/inbox/{id}/{act}", new Dictionary<string, string>
        {
            ["form-token"] = (await stranger.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!,
            ["seen"] = "99",
            ["until"] = TimeProvider.System.GetUtcNow().AddHours(1).ToString("O"),
        });

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Empty(await EventsAsync(id));
    }

    private ConversationStandings Standings => shared.Server.Get<ConversationStandings>();

    private Task<string> StateAsync(Guid id) => shared.Server.Database.ScalarAsync<string>($"SELECT state FROM vault.conversation WHERE id = '{id}'");

    private async Task<IReadOnlyList<(string Action, string Actor)>> EventsAsync(Guid id)
    {
        string[] events = await shared.Server.Database.ScalarAsync<string[]>(
            $"""
            SELECT coalesce(array_agg(action || ' ' || actor ORDER BY id), ARRAY[]::text[]) FROM audit.event
            WHERE object = 'conversation:{id}' AND action IN ('conversation.snoozed', 'conversation.resolved', 'conversation.reopened', 'conversation.woken')
            """);
        return [.. events.Select(one => (one.Split(' ')[0], one.Split(' ')[1]))];
    }
}

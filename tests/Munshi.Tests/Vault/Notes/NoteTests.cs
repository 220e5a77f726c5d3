using System.Net;
using Munshi.Audit;
using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Vault.Notes;

public sealed class NoteTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_stands_in_the_thread_with_who_wrote_it_and_nothing_leaves()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        int before = (await phone.MessagesAsync(Cancellation)).Count;

        VisitedPage kept = await colleague.SubmitAsync(await colleague.GetAsync($"/inbox/{id}"), "#note-form", ("note", " She asked twice.\r\nCall her on Monday. "));
        VisitedPage page = await owner.GetAsync(kept.Location!);

        Assert.Equal("She asked twice.\nCall her on Monday.", page.Document.QuerySelector("#run .note-line .text")!.TextContent);
        Assert.Contains("Debjit Colleague", page.Text("#run .note-line .meta"), StringComparison.Ordinal);
        Assert.Equal(0, await shared.Server.Database.ScalarAsync<long>($"SELECT count(*) FROM channel.outbox o JOIN vault.message m ON m.id = o.message_id WHERE o.conversation_id = '{id}' AND m.source = 'dashboard'"));
        Assert.Equal(before, (await phone.MessagesAsync(Cancellation)).Count);
        Assert.Equal(["note.written"], await EventsAsync(id));
        await Eventually.TrueAsync(async () => (await shared.Server.Get<LedgerVerifier>().VerifyAsync(shared.Server.ClientId, Cancellation)).IsOk);
    }

    [Fact]
    public async Task Its_writer_and_an_owner_delete_a_note_and_that_there_was_one_stays()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage byColleague = await colleague.GetAsync((await colleague.SubmitAsync(await colleague.GetAsync($"/inbox/{id}"), "#note-form", ("note", "Kingfisher"))).Location!);
        VisitedPage byOwner = await owner.GetAsync((await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#note-form", ("note", "Woodpecker"))).Location!);

        await colleague.SubmitAsync(byColleague, "#run .note-line form");
        VisitedPage after = await owner.GetAsync($"/inbox/{id}");
        await owner.SubmitAsync(after, "#run .note-line form");
        VisitedPage end = await colleague.GetAsync($"/inbox/{id}");

        Assert.Equal(2, byOwner.Document.QuerySelectorAll("#run .note-line form").Length);
        Assert.DoesNotContain("Kingfisher", after.Html, StringComparison.Ordinal);
        Assert.Contains("Woodpecker", after.Html, StringComparison.Ordinal);
        Assert.Empty(end.Document.QuerySelectorAll("#run .note-line"));
        Assert.Equal(2, end.Document.QuerySelectorAll("#run .aside").Length);
        Assert.Equal(["note.written", "note.written", "note.deleted", "note.deleted"], await EventsAsync(id));
    }

    [Fact]
    public async Task A_colleagues_note_is_not_ones_own_to_delete()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync((await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#note-form", ("note", "Mine"))).Location!);
        string deletion = page.Document.QuerySelector("#run .note-line form")!.GetAttribute("action")!;

        VisitedPage seen = await colleague.GetAsync($"/inbox/{id}");
        VisitedPage refused = await colleague.PostAsync(deletion, new Dictionary<string, string> { ["form-token"] = await TokenAsync(colleague) });

        Assert.Null(seen.Document.QuerySelector("#run .note-line form"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("Mine", (await owner.GetAsync($"/inbox/{id}")).Text("#run .note-line .text"));
    }

    [Fact]
    public async Task A_form_sent_twice_writes_one_note()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage form = await owner.GetAsync($"/inbox/{id}");

        await owner.SubmitAsync(form, "#note-form", ("note", "Once"));
        VisitedPage again = await owner.SubmitAsync(form, "#note-form", ("note", "Once"));

        Assert.Single((await owner.GetAsync(again.Location!)).Document.QuerySelectorAll("#run .note-line"));
    }

    [Theory]
    [InlineData(" ", 1, "Write something in the note first.")]
    [InlineData("x", 4001, "A note has at most 4000 characters. Shorten it, or write two.")]
    public async Task A_note_of_nothing_or_too_much_comes_back_with_the_reason(string text, int times, string reason)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string sent = string.Concat(Enumerable.Repeat(text, times));

        VisitedPage refused = await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#note-form", ("note", sent));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(reason, refused.Text("#note-problem"));
        Assert.Equal(sent.Trim(), refused.Document.QuerySelector("#note-text")!.TextContent);
    }

    [Fact]
    public async Task A_note_goes_with_the_customers_key()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#note-form", ("note", "Kingfisher"));
        Guid key = await shared.Server.Database.ScalarAsync<Guid>($"SELECT key_id FROM vault.note WHERE conversation_id = '{id}'");

        Assert.Equal(key, await shared.Server.Database.ScalarAsync<Guid>($"SELECT key_id FROM vault.message WHERE conversation_id = '{id}' AND direction = 'in' ORDER BY at DESC LIMIT 1"));
        Assert.DoesNotContain("Kingfisher", await shared.Server.Database.ScalarAsync<string>($"SELECT encode(text_sealed, 'escape') FROM vault.note WHERE conversation_id = '{id}'"), StringComparison.Ordinal);
        await RenameKeyAsync(id, Guid.NewGuid());
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        await RenameKeyAsync(id, key);

        Assert.DoesNotContain("Kingfisher", page.Html, StringComparison.Ordinal);
        Assert.Equal("Erased", page.Text("#run .note-line > .muted"));
    }

    [Fact]
    public async Task Another_workspaces_conversation_and_note_are_not_found()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using DashboardVisitor stranger = await shared.OtherOwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync((await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#note-form", ("note", "Ours"))).Location!);
        string deletion = page.Document.QuerySelector("#run .note-line form")!.GetAttribute("action")!;
        string token = await TokenAsync(stranger);

        VisitedPage written = await stranger.PostAsync($"/inbox/{id}/notes", new Dictionary<string, string> { ["form-token"] = token, ["id"] = Guid.NewGuid().ToString(), ["note"] = "Theirs" });
        VisitedPage deleted = await stranger.PostAsync(deletion, new Dictionary<string, string> { ["form-token"] = token });

        Assert.Equal(HttpStatusCode.NotFound, written.Status);
        Assert.Equal(HttpStatusCode.NotFound, deleted.Status);
        Assert.Equal("Ours", (await owner.GetAsync($"/inbox/{id}")).Text("#run .note-line .text"));
    }

    private static async Task<string> TokenAsync(DashboardVisitor visitor) =>
        (await visitor.GetAsync("/inbox")).Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;

    /// <summary>Under a key that there is not, as after its destruction.</summary>
    private Task RenameKeyAsync(Guid id, Guid key) => shared.Server.Database.AsSuperuserAsync(
        $"""
        SET session_replication_role = replica;
        ALTER TABLE vault.note DISABLE TRIGGER immutable;
        UPDATE vault.note SET key_id = '{key}' WHERE conversation_id = '{id}';
        ALTER TABLE vault.note ENABLE ALWAYS TRIGGER immutable;
        """);

    private Task<string[]> EventsAsync(Guid id) => shared.Server.Database.ScalarAsync<string[]>(
        $"SELECT coalesce(array_agg(e.action ORDER BY e.id), ARRAY[]::text[]) FROM audit.event e JOIN vault.note n ON e.object = 'note:' || n.id WHERE n.conversation_id = '{id}'");
}

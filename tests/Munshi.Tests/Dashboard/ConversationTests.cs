using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Dashboard;

public sealed class ConversationTests(DashboardServer shared) : IClassFixture<DashboardServer>
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_from_the_phone_stands_in_the_inbox_and_its_answer_with_its_source()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        VisitedPage inbox = await owner.GetAsync("/inbox");
        VisitedPage conversation = await owner.GetAsync($"/inbox/{id}");

        Assert.Equal("1 unread message", inbox.Text($"#c-{id} .unread .visually-hidden"));
        Assert.StartsWith("Aparajita Sarees is open", inbox.Text($"#c-{id} .row-snippet bdi"), StringComparison.Ordinal);
        Assert.Equal("What are your timings?", conversation.Text(".message.in .text"));
        Assert.Equal("What are your shop timings?", conversation.Text(".message.out .source bdi"));
        Assert.Equal("Munshi is answering", conversation.Text("#owner-bar .state"));
    }

    [Fact]
    public async Task Opening_marks_as_read_once_and_for_everyone()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        VisitedPage foretaste = await owner.GetAsync($"/inbox/{id}", ("Sec-Purpose", "prefetch;anonymous-client-ip"));
        VisitedPage first = await owner.GetAsync($"/inbox/{id}");
        VisitedPage second = await owner.GetAsync($"/inbox/{id}");

        Assert.NotNull(foretaste.Document.QuerySelector("#unread-line"));
        Assert.NotNull(first.Document.QuerySelector("#unread-line"));
        Assert.Null(first.Document.QuerySelector($"#c-{id} .unread"));
        Assert.Null(second.Document.QuerySelector("#unread-line"));
    }

    [Fact]
    public async Task What_became_of_a_reply_is_shown()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        await Eventually.TrueAsync(async () => (await owner.GetAsync($"/inbox/{id}")).Document.QuerySelector(".message.out :is(.ticks.delivered, .ticks.read)") is not null);
    }

    [Fact]
    public async Task The_same_form_sent_twice_is_one_message()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");

        VisitedPage[] sent = await Task.WhenAll(
            owner.SubmitAsync(page, "#reply-form", ("text", "only once")), owner.SubmitAsync(page, "#reply-form", ("text", "only once")));
        VisitedPage again = await owner.SubmitAsync(page, "#reply-form", ("text", "only once"));

        Assert.All(sent.Append(again), answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        await Eventually.TrueAsync(async () => (await phone.MessagesAsync(Cancellation)).Any(message => Text(message) == "only once"));
        VisitedPage shown = await owner.GetAsync($"/inbox/{id}");
        Assert.Single(shown.Document.QuerySelectorAll(".message .text"), text => text.TextContent == "only once");
    }

    [Theory]
    [InlineData("", "Write something first.")]
    [InlineData(" \r\n ", "Write something first.")]
    [InlineData("x4097", "at most 4096 characters")]
    public async Task A_text_that_cannot_be_sent_comes_back_with_the_reason(string text, string reason)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string written = text == "x4097" ? new string('x', 4097) : text;

        VisitedPage answer = await owner.SubmitAsync(await owner.GetAsync($"/inbox/{id}"), "#reply-form", ("text", written));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(reason, answer.Text("#reply-problem"), StringComparison.Ordinal);
        Assert.Equal(written.ReplaceLineEndings("\n"), answer.Document.QuerySelector("#reply-text")!.TextContent);
    }

    [Fact]
    public async Task After_the_window_has_closed_nothing_is_sent_and_the_text_is_kept()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        await shared.Server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET window_from = window_from - interval '24 hours' WHERE id = '{id}'");

        VisitedPage answer = await owner.SubmitAsync(page, "#reply-form", ("text", "too late"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.StartsWith("Window closed since", answer.Text("#reply-box .state"), StringComparison.Ordinal);
        Assert.Equal("too late", answer.Text("textarea.kept"));
        Assert.DoesNotContain(await phone.MessagesAsync(Cancellation), message => Text(message) == "too late");
    }

    [Fact]
    public async Task A_form_sent_again_with_other_words_says_that_it_was_not_sent()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        await owner.SubmitAsync(page, "#reply-form", ("text", "first words"));

        VisitedPage answer = await owner.SubmitAsync(page, "#reply-form", ("text", "second words"));

        Assert.Equal(HttpStatusCode.Conflict, answer.Status);
        Assert.Equal(
            "This form has already sent another message, so nothing was sent now. Look at the conversation, then send again if it is still needed.",
            answer.Text("#reply-problem"));
        Assert.Equal("second words", answer.Text("#reply-text"));
        Assert.DoesNotContain(await phone.MessagesAsync(Cancellation), message => Text(message) == "second words");
    }

    [Fact]
    public async Task Another_workspaces_conversation_is_not_there()
    {
        using DashboardVisitor other = await shared.OtherOwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        VisitedPage inbox = await other.GetAsync("/inbox");
        string token = inbox.Document.QuerySelector("#sign-out input[name=form-token]")!.GetAttribute("value")!;

        VisitedPage[] answers =
        [
            await other.GetAsync($"/inbox/{id}"),
            await other.PostAsync($"/inbox/{id}/owner", new Dictionary<string, string> { ["form-token"] = token, ["epoch"] = "0" }),
            await other.PostAsync($"/inbox/{id}/owner/release", new Dictionary<string, string> { ["form-token"] = token, ["epoch"] = "0" }),
            await other.PostAsync($"/inbox/{id}/messages", new Dictionary<string, string> { ["form-token"] = token, ["key"] = Guid.NewGuid().ToString(), ["text"] = "intruder" }),
            await other.GetAsync($"/inbox/{Guid.NewGuid()}"),
        ];

        Assert.Empty(inbox.Document.QuerySelectorAll(".row"));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        Assert.All(answers, answer => Assert.DoesNotContain("timings", answer.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_this_server_did_not_make_is_refused()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await owner.GetAsync("/inbox");

        foreach (string path in new[] { $"/inbox/{id}/owner", $"/inbox/{id}/owner/release", $"/inbox/{id}/messages", "/sign-out" })
        {
            VisitedPage answer = await owner.PostAsync(path, new Dictionary<string, string> { ["epoch"] = "0", ["key"] = Guid.NewGuid().ToString(), ["text"] = "forged" });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        }

        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        Assert.Equal("Munshi is answering", page.Text("#owner-bar .state"));
        Assert.DoesNotContain("forged", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_text_is_only_ever_text()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        using SandboxPhone phone = shared.NewPhone();
        string first = await phone.WriteAsync(new { text = Hostile, name = Hostile }, Cancellation);
        await phone.NextFromBusinessAsync(first, Cancellation);
        await phone.WriteAsync(new { text = "quoting", replyTo = first }, Cancellation);
        Guid id = await shared.NewestConversationAsync();
        VisitedPage page = await owner.GetAsync($"/inbox/{id}");
        await Eventually.TrueAsync(async () => (page = await owner.GetAsync($"/inbox/{id}")).Document.QuerySelector(".quote") is not null);

        Assert.Empty(page.Document.QuerySelectorAll("img"));
        Assert.All(page.Document.QuerySelectorAll("script"), script => Assert.True(script.HasAttribute("src")));
        Assert.Equal(Hostile, page.Text(".message.in .text"));
        Assert.Equal(Hostile, page.Text("#conversation-title"));
        Assert.Equal(Hostile, page.Text($"#c-{id} .row-name"));
        Assert.EndsWith(Hostile, page.Text(".message.in .quote"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reaction_stands_on_its_message_and_goes_when_taken_back()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        string answer = (await phone.MessagesAsync(Cancellation)).Last(message => message.GetProperty("direction").GetString() == "business").GetProperty("id").GetString()!;

        await phone.WriteAsync(new { reaction = new { messageId = answer, emoji = "👍" } }, Cancellation);
        await Eventually.TrueAsync(async () => Reaction(await owner.GetAsync($"/inbox/{id}")) == "👍");
        await phone.WriteAsync(new { reaction = new { messageId = answer, emoji = "" } }, Cancellation);
        await Eventually.TrueAsync(async () => Reaction(await owner.GetAsync($"/inbox/{id}")) is null);

        static string? Reaction(VisitedPage page) => page.Document.QuerySelector(".message.out .reactions li > span")?.TextContent;
    }

    [Fact]
    public async Task Words_whose_key_is_gone_or_that_were_altered_say_so_and_the_page_stands()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await shared.Server.Database.AsSuperuserAsync(
            $"""
            SET session_replication_role = replica;
            ALTER TABLE vault.message DISABLE TRIGGER immutable;
            UPDATE vault.message SET key_id = gen_random_uuid() WHERE conversation_id = '{id}' AND direction = 'in';
            UPDATE vault.message SET text_sealed = set_byte(text_sealed, 40, get_byte(text_sealed, 40) # 1) WHERE conversation_id = '{id}' AND direction = 'out';
            ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
            """);

        VisitedPage page = await owner.GetAsync($"/inbox/{id}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Erased", page.Text(".message.in .placeholder strong"));
        Assert.Equal("Unreadable", page.Text(".message.out .placeholder strong"));
        Assert.Equal("Unreadable", page.Text($"#c-{id} .row-snippet .kind"));
    }

    [Fact]
    public async Task Fragments_are_for_htmx_and_pages_for_everyone_else()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;

        VisitedPage pane = await owner.GetAsync($"/inbox/{id}", ("HX-Request", "true"));
        VisitedPage list = await owner.GetAsync("/inbox", ("HX-Request", "true"));

        Assert.StartsWith("<title>", pane.Html.TrimStart(), StringComparison.Ordinal);
        Assert.StartsWith("<section id=\"inbox-list\"", list.Html.TrimStart(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/inbox?before=x")]
    [InlineData("/inbox?before=9223372036854775807~00000000000000000000000000000000")]
    [InlineData("/inbox?before=+1~00000000000000000000000000000000")]
    public async Task A_page_that_no_link_names_is_refused(string path)
    {
        using DashboardVisitor owner = await shared.OwnerAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await owner.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Earlier_messages_follow_page_by_page_without_gap_or_repetition()
    {
        using DashboardVisitor owner = await shared.OwnerAsync();
        (SandboxPhone phone, Guid id) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await shared.Server.Database.AsSuperuserAsync(
            $"""
            INSERT INTO vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at, received_at, key_id)
            SELECT client_id, gen_random_uuid(), conversation_id, identifier_id, 'in', author, 'image', 'webhook', turn, at - (n / 3) * interval '1 minute', received_at, key_id
            FROM vault.message, generate_series(1, 120) n WHERE conversation_id = '{id}' AND direction = 'in'
            """);

        List<string> seen = [];
        string? path = $"/inbox/{id}";
        while (path is not null)
        {
            VisitedPage page = await owner.GetAsync(path, ("HX-Request", "true"));
            seen.AddRange(page.Document.QuerySelectorAll("[data-message]").Select(message => message.Id!));
            path = page.Document.QuerySelector("#older a")?.GetAttribute("href");
        }

        Assert.Equal(122, seen.Count);
        Assert.Equal(122, seen.Distinct().Count());
    }

    [Fact]
    public async Task The_views_hold_what_they_say()
    {
        using DashboardVisitor colleague = await shared.ColleagueAsync();
        (SandboxPhone phone, Guid mine) = await shared.AnsweredAsync();
        using SandboxPhone _ = phone;
        await colleague.SubmitAsync(await colleague.GetAsync($"/inbox/{mine}"), "#take-form");
        using SandboxPhone waitingPhone = shared.NewPhone();
        await waitingPhone.AskAsync("Please let me talk to a person", Cancellation);
        Guid waiting = await shared.NewestConversationAsync();

        VisitedPage own = await colleague.GetAsync("/inbox?view=mine");
        VisitedPage queue = await colleague.GetAsync("/inbox?view=waiting");
        VisitedPage all = await colleague.GetAsync("/inbox");

        Assert.NotNull(own.Document.GetElementById($"c-{mine}"));
        Assert.Null(own.Document.GetElementById($"c-{waiting}"));
        Assert.NotNull(queue.Document.GetElementById($"c-{waiting}"));
        Assert.Null(queue.Document.GetElementById($"c-{mine}"));
        Assert.NotNull(all.Document.GetElementById($"c-{mine}"));
        Assert.NotNull(all.Document.GetElementById($"c-{waiting}"));
    }

    /// <summary>A customer who asked and was answered.</summary>
    private static string Text(JsonElement message) => message.GetProperty("text").GetString() ?? "";
}

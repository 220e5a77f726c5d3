using AngleSharp.Dom;
using Munshi.Vault;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Tests.Web;

public sealed class InboxPagesTests : IAsyncDisposable
{
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";

    private const string RightToLeft = "\u202Eمرحبا evil.example\u202C";

    private readonly PageRenderer _renderer = new();

    [Theory]
    [InlineData(Hostile)]
    [InlineData(RightToLeft)]
    public async Task A_hostile_name_is_only_ever_text(string name)
    {
        InboxView inbox = Samples.Inbox(Samples.Row() with { DisplayName = name, Snippet = name, OwnerName = name, Owner = OwnerKind.Person });
        ConversationView view = Samples.Conversation(Samples.Message(1) with { Text = name, AuthorName = name, QuotedSnippet = name, Author = MessageAuthor.Automatic, Sources = [new MessageSource(name, name, name)], Reactions = [new MessageReaction(name, name)] });

        IDocument page = await PageAsync<ConversationPage>(
            ("View", view with { DisplayName = name, MaskedNumber = name, Owner = OwnerKind.Person, OwnerName = name, ReplyText = name }), ("Inbox", inbox));

        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.All(page.QuerySelectorAll("script"), script => Assert.True(script.HasAttribute("src")));
        Assert.Equal(name, page.QuerySelector("#conversation-title bdi")!.TextContent);
        Assert.Equal(name, page.QuerySelector(".row-name bdi")!.TextContent);
        Assert.Equal(name, page.QuerySelector(".message .text")!.TextContent);
        Assert.Equal(name, page.QuerySelector("#reply-text")!.TextContent);
    }

    [Fact]
    public async Task A_text_of_65536_characters_is_shown_whole_in_the_thread_and_short_in_the_list()
    {
        string text = string.Concat(Enumerable.Repeat("नमस्ते &<", 65536 / 9 + 1))[..65536];

        IDocument page = await PageAsync<ConversationPage>(
            ("View", Samples.Conversation(Samples.Message(1) with { Text = text })),
            ("Inbox", Samples.Inbox(Samples.Row() with { Snippet = text })));

        Assert.Equal(text, page.QuerySelector(".message .text")!.TextContent);
        Assert.True(page.QuerySelector(".row-snippet bdi")!.TextContent.Length <= 161);
    }

    [Fact]
    public async Task A_snippet_is_never_cut_inside_a_character()
    {
        IDocument page = await PageAsync<InboxPage>(("View", Samples.Inbox(Samples.Row() with { Snippet = new string('a', 159) + "😀 and more" })));

        Assert.Equal(new string('a', 159) + "…", page.QuerySelector(".row-snippet bdi")!.TextContent);
    }

    [Fact]
    public async Task A_row_leads_to_its_conversation_with_and_without_script()
    {
        IDocument page = await PageAsync<InboxPage>(("View", Samples.Inbox(Samples.Row()) with { Filter = InboxFilter.Waiting }));

        IElement link = page.QuerySelector(".row > a")!;
        Assert.Equal($"/inbox/{Samples.Priya}?view=waiting", link.GetAttribute("href"));
        Assert.Equal(link.GetAttribute("href"), link.GetAttribute("hx-get"));
        Assert.Equal("2 unread messages", page.QuerySelector(".row .unread .visually-hidden")!.TextContent);
    }

    [Fact]
    public async Task A_count_past_the_most_that_is_counted_says_so()
    {
        IDocument page = await PageAsync<InboxPage>(("View", Samples.Inbox()));

        Assert.Equal("9,999+", page.QuerySelector(".tabs .count")!.TextContent);
    }

    [Fact]
    public async Task The_open_conversation_is_marked_in_the_list()
    {
        IDocument page = await PageAsync<ConversationPage>(
            ("View", Samples.Conversation()), ("Inbox", Samples.Inbox(Samples.Row(Guid.NewGuid()), Samples.Row())));

        Assert.Equal($"c-{Samples.Priya}", page.QuerySelector(".row:has(> [aria-current])")!.Id);
    }

    [Fact]
    public async Task An_automatic_reply_says_so_and_names_its_source()
    {
        IDocument page = await PageAsync<ConversationPane>(("View", Samples.Everything()));

        IElement message = page.QuerySelectorAll(".message.out")[0];
        Assert.Equal("Automatic", message.QuerySelector(".author.automatic")!.TextContent.Trim());
        Assert.Equal("When are you open? · faq-2", message.QuerySelector(".source > summary bdi")!.TextContent);
        Assert.Equal("Every day from 10 to 8.", message.QuerySelector(".entry .answer")!.TextContent);
        Assert.Contains("without a language model", message.QuerySelector(".source-text")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("no longer among yours", message.QuerySelectorAll(".entry")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_automatic_sentence_without_a_source_says_so()
    {
        IDocument page = await PageAsync<MessageBubble>(
            ("Message", Samples.Message(1) with { Direction = MessageDirection.Out, Author = MessageAuthor.Automatic }));

        Assert.Equal("A fixed sentence, from none of your answers", page.QuerySelector(".source > summary")!.TextContent.Trim());
    }

    [Fact]
    public async Task A_failed_message_is_sent_again_by_a_form_with_its_text_and_its_own_key()
    {
        IDocument page = await PageAsync<ConversationPane>(("View", Samples.Everything()));

        IElement form = page.QuerySelector(".message.bad .retry")!;
        Assert.Equal($"/inbox/{Samples.Priya}/messages", form.GetAttribute("action"));
        Assert.Equal("Message 3", form.QuerySelector("[name=text]")!.GetAttribute("value"));
        Assert.Equal("4f8b5a8e-6f0c-4f0b-9d1d-7a1f9e6f2b12", form.QuerySelector("[name=key]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_title_and_the_views_tell_how_many_conversations_are_unread()
    {
        IDocument page = await PageAsync<InboxPage>(("View", Samples.Inbox(Samples.Row())));

        Assert.Equal("(3) Inbox – Annapurna Sweets", page.Title);
        Assert.Equal(["3", "1"], page.QuerySelectorAll(".tabs .unread > [aria-hidden]").Select(count => count.TextContent));
        Assert.Equal("3 conversations with unread messages", page.QuerySelector(".tabs .unread .visually-hidden")!.TextContent);
    }

    [Fact]
    public async Task A_page_from_the_middle_leads_on_at_both_ends_and_a_piece_of_it_at_its_outer_end()
    {
        InboxView middle = Samples.Inbox(Samples.Row()) with { PreviousCursor = "1~2", NextCursor = "3~4", Filter = InboxFilter.Mine };

        IDocument whole = await PageAsync<InboxPage>(("View", middle));
        IDocument below = await PageAsync<InboxRows>(("View", middle), ("Part", ListPart.Below));
        IDocument above = await PageAsync<InboxRows>(("View", middle), ("Part", ListPart.Above));

        Assert.Equal("/inbox?view=mine&after=1~2", whole.QuerySelector("#newer a")!.GetAttribute("href"));
        Assert.Equal("/inbox?view=mine&before=3~4", whole.QuerySelector("#more a")!.GetAttribute("href"));
        Assert.Equal((null, "more"), (below.GetElementById("newer"), below.QuerySelector(".more")!.Id));
        Assert.Equal((null, "newer"), (above.GetElementById("more"), above.QuerySelector(".more")!.Id));
    }

    [Fact]
    public async Task An_act_that_can_be_taken_back_brings_the_form_that_does_it()
    {
        ConversationView view = Samples.Conversation() with { Undo = new UndoOffer(ConversationNotice.TookOver, "waiting") };

        IDocument page = await PageAsync<ConversationPane>(("View", view));

        IElement form = page.GetElementById("undo-form")!;
        Assert.Equal($"/inbox/{Samples.Priya}/owner/undo", form.GetAttribute("action"));
        Assert.Equal("waiting", form.QuerySelector("[name=to]")!.GetAttribute("value"));
        Assert.Contains("You took over", form.GetAttribute("data-said"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(500, true)]
    [InlineData(429, true)]
    public async Task An_error_page_offers_another_try_where_that_may_help(int status, bool retry)
    {
        IDocument page = await PageAsync<Munshi.Web.Layout.ErrorPage>(("Status", status), ("Reference", "00-abc"));

        Assert.Equal(retry, page.QuerySelector(".ways a[href='/inbox']:first-child:not(:last-child)") is not null);
        Assert.Equal("00-abc", page.QuerySelector(".reference code")!.TextContent);
    }

    [Fact]
    public async Task Failed_and_uncertain_messages_say_what_to_do()
    {
        IDocument page = await PageAsync<ConversationPane>(("View", Samples.Everything()));

        Assert.Equal("The phone was switched off.", page.QuerySelector(".message.bad > .problem")!.TextContent.Trim());
        Assert.Contains("Ask the customer before you write it again.", page.QuerySelector(".problem.unsure")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeliveryState.Queued, "Sending")]
    [InlineData(DeliveryState.Sent, "Sent")]
    [InlineData(DeliveryState.Delivered, "Delivered")]
    [InlineData(DeliveryState.Read, "Read")]
    [InlineData(DeliveryState.Failed, "Not delivered")]
    public async Task A_tick_has_a_word(DeliveryState state, string word)
    {
        IDocument page = await PageAsync<MessageBubble>(("Message", Samples.Message(1) with { Status = state }));

        Assert.Equal(word, page.QuerySelector(".ticks")!.TextContent.Trim());
    }

    [Fact]
    public async Task Without_a_number_the_empty_inbox_leads_an_owner_to_the_set_up()
    {
        IDocument page = await PageAsync<InboxPage>(("View", Samples.Inbox() with { HasNoNumber = true }));

        Assert.Equal("/setup", page.QuerySelector("#inbox-list .empty a.primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_message_that_waits_says_why_and_leads_an_owner_to_the_settings()
    {
        IDocument page = await PageAsync<MessageBubble>(
            ("Message", Samples.Message(1) with { Status = DeliveryState.Queued, Explanation = "Waiting: the token (code 190).", MendsInSettings = true }));

        Assert.Equal("Waiting: the token (code 190). Open the number's settings", page.QuerySelector(".problem")!.TextContent.Trim());
        Assert.Equal("/settings/channels", page.QuerySelector(".problem a")!.GetAttribute("href"));
    }

    [Theory]
    [InlineData("image", "Photo")]
    [InlineData("a_kind_of_next_year", "Another kind of message")]
    public async Task A_kind_that_is_not_shown_yet_has_a_placeholder(string kind, string name)
    {
        IDocument page = await PageAsync<MessageBubble>(("Message", Samples.Message(1) with { Kind = kind, Text = null }));

        Assert.Equal(name, page.QuerySelector(".placeholder strong")!.TextContent);
    }

    [Fact]
    public async Task Days_part_the_messages_in_the_readers_zone()
    {
        // 18:29 and 18:31 UTC on 20 November lie on both sides of midnight in Kolkata.
        IDocument page = await PageAsync<ConversationPane>(("View", Samples.Conversation(
            Samples.Message(1, new DateTimeOffset(2026, 11, 12, 6, 0, 0, TimeSpan.Zero)),
            Samples.Message(2, new DateTimeOffset(2026, 11, 16, 6, 0, 0, TimeSpan.Zero)),
            Samples.Message(3, new DateTimeOffset(2026, 11, 20, 18, 29, 0, TimeSpan.Zero)),
            Samples.Message(4, new DateTimeOffset(2026, 11, 20, 18, 31, 0, TimeSpan.Zero)))));

        Assert.Equal(["12 Nov 2026", "Monday", "Yesterday", "Today"], page.QuerySelectorAll(".day time").Select(day => day.TextContent));
        Assert.Equal("2026-11-20T18:31:00Z", page.QuerySelectorAll(".message time")[^1].GetAttribute("datetime"));
    }

    [Fact]
    public async Task Taking_over_carries_the_owners_epoch_and_the_reply_its_key()
    {
        IDocument page = await PageAsync<ConversationPane>(("View", Samples.Conversation()));

        Assert.Equal("7", page.QuerySelector("#take-form input[name=epoch]")!.GetAttribute("value"));
        Assert.Equal($"/inbox/{Samples.Priya}/owner", page.QuerySelector("#take-form")!.GetAttribute("action"));
        Assert.Equal($"/inbox/{Samples.Priya}/messages", page.QuerySelector("#reply-form")!.GetAttribute("action"));
        Assert.Equal("4f8b5a8e-6f0c-4f0b-9d1d-7a1f9e6f2b11", page.QuerySelector("#reply-form [name=key]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Whoever_answers_hands_back_and_anyone_else_takes_over()
    {
        ConversationView view = Samples.Conversation() with { Owner = OwnerKind.Person, OwnerName = "Debjit Roy" };

        IDocument other = await PageAsync<OwnerBar>(("View", view));
        IDocument own = await PageAsync<OwnerBar>(("View", view with { OwnedByViewer = true }));

        Assert.Contains("Debjit Roy", other.QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(other.GetElementById("take-form"));
        Assert.Equal($"/inbox/{Samples.Priya}/owner/release", own.GetElementById("release-form")!.GetAttribute("action"));
    }

    [Fact]
    public async Task A_closed_window_takes_the_box_away_says_since_when_and_keeps_the_text()
    {
        ConversationView view = Samples.Conversation() with
        {
            Hindrance = ReplyHindrance.WindowClosed,
            WindowUntil = new DateTimeOffset(2026, 11, 12, 10, 35, 0, TimeSpan.Zero),
            ReplyText = "what I wrote",
        };

        IDocument page = await PageAsync<ReplyBox>(("View", view));

        Assert.Null(page.GetElementById("reply-form"));
        Assert.Matches(@"Window closed since 12 Nov 2026, 4:05\spm", page.QuerySelector(".state")!.TextContent);
        Assert.Equal("what I wrote", page.QuerySelector("textarea[readonly]")!.TextContent);
    }

    [Fact]
    public async Task The_thread_is_a_log_that_the_keyboard_reaches()
    {
        IDocument page = await PageAsync<ConversationThread>(("View", Samples.Everything()));

        IElement thread = page.GetElementById("thread")!;
        Assert.Equal("log", thread.GetAttribute("role"));
        Assert.Equal("0", thread.GetAttribute("tabindex"));
        Assert.Contains("Priya Ghosh", thread.GetAttribute("aria-label"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_page_and_the_fragment_show_the_same_conversation()
    {
        IDocument page = await PageAsync<ConversationPage>(("View", Samples.Everything()), ("Inbox", Samples.Inbox()));
        IDocument fragment = await PageAsync<ConversationPane>(("View", Samples.Everything()), ("AsFragment", true));

        Assert.Equal(page.GetElementById("conversation")!.OuterHtml, fragment.GetElementById("conversation")!.OuterHtml);
        Assert.Equal("Priya Ghosh – Annapurna Sweets", fragment.QuerySelector("title")!.TextContent);
    }

    [Fact]
    public async Task A_page_has_a_skip_link_landmarks_and_one_live_region_of_each_kind()
    {
        IDocument page = await PageAsync<InboxPage>(("View", Samples.Inbox()));

        Assert.Equal("#main", page.QuerySelector("body > a")!.GetAttribute("href"));
        Assert.Single(page.QuerySelectorAll("main#main"));
        Assert.Single(page.QuerySelectorAll("header.topbar"));
        Assert.Single(page.QuerySelectorAll("nav.rail[aria-label]"));
        Assert.Single(page.QuerySelectorAll("[role=status]"));
        Assert.Single(page.QuerySelectorAll("[role=alert]"));
    }

    [Fact]
    public async Task A_chosen_theme_stands_in_the_page_itself()
    {
        string html = await _renderer.RenderAsync<InboxPage>(_renderer.Page(theme: Theme.Dark), ("View", Samples.Inbox()));

        Assert.Equal("dark", PageRenderer.Parse(html).DocumentElement.GetAttribute("data-theme"));
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    private async Task<IDocument> PageAsync<TComponent>(params (string Name, object? Value)[] parameters)
        where TComponent : Microsoft.AspNetCore.Components.IComponent =>
        PageRenderer.Parse(await _renderer.RenderAsync<TComponent>(_renderer.Page(), parameters));
}

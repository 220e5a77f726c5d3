using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary>Shows a conversation as the browser asked for it: the pane alone, or the whole page.</summary>
internal sealed class ConversationScreen(ConversationReader conversations, InboxReader inbox, DashboardPages pages)
{
    /// <summary>The newest page; what the viewer sees of it counts as read.</summary>
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="status">200, or why the viewer's act was not done.</param>
    /// <param name="notice">The same, in the page.</param>
    /// <param name="replyText">What the viewer wrote, to be kept.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> ShowAsync(
        HttpContext context, SignedIn person, Guid conversationId, int status, ConversationNotice notice, string? replyText, CancellationToken cancellationToken) =>
        await ShowAsync(context, person, conversationId, status, view => view with { Notice = notice, ReplyText = replyText }, cancellationToken);

    /// <summary>With a template to be filled in.</summary>
    public Task<IResult> ShowTemplateAsync(
        HttpContext context, SignedIn person, Guid conversationId, Guid templateId, int status, ConversationNotice notice, IReadOnlyList<string> values, CancellationToken cancellationToken) =>
        ShowAsync(
            context,
            person,
            conversationId,
            status,
            view => view with
            {
                Notice = notice,
                Template = view.Templates.FirstOrDefault(option => option.Id == templateId) is { } option ? new TemplateForm(option, values) : null,
            },
            cancellationToken);

    /// <summary>With what the viewer wrote under a file that was not sent.</summary>
    public Task<IResult> ShowFileAsync(
        HttpContext context, SignedIn person, Guid conversationId, int status, ConversationNotice notice, string caption, CancellationToken cancellationToken) =>
        ShowAsync(context, person, conversationId, status, view => view with { Notice = notice, FileCaption = caption }, cancellationToken);

    /// <summary>With what was to be noted of the customer and was not.</summary>
    public Task<IResult> ShowFieldAsync(
        HttpContext context, SignedIn person, Guid conversationId, int status, ConversationNotice notice, (Guid FieldId, string Text) kept, CancellationToken cancellationToken) =>
        ShowAsync(context, person, conversationId, status, view => view with { Notice = notice, FieldText = kept }, cancellationToken);

    /// <summary>With the note that was not kept.</summary>
    public Task<IResult> ShowNoteAsync(
        HttpContext context, SignedIn person, Guid conversationId, int status, ConversationNotice notice, string note, CancellationToken cancellationToken) =>
        ShowAsync(context, person, conversationId, status, view => view with { Notice = notice, NoteText = note }, cancellationToken);

    /// <summary>With a message to be quoted by what is written next.</summary>
    public Task<IResult> ShowQuotingAsync(HttpContext context, SignedIn person, Guid conversationId, Guid messageId, CancellationToken cancellationToken) =>
        ShowAsync(context, person, conversationId, StatusCodes.Status200OK, view => view with { Quoting = QuotingOf(view, messageId) }, cancellationToken);

    /// <summary>An earlier page. It marks nothing as read.</summary>
    public async Task<IResult> ShowOlderAsync(
        HttpContext context, SignedIn person, Guid conversationId, PageCursor before, CancellationToken cancellationToken)
    {
        if (await conversations.ReadAsync(person, conversationId, before, cancellationToken) is not { } view)
        {
            return TypedResults.NotFound();
        }

        if (!Hx.WantsFragment(context.Request))
        {
            return await RenderAsync(context, person, view, StatusCodes.Status200OK, cancellationToken);
        }

        return new RazorComponentResult<OlderMessages>(new Dictionary<string, object?>
        {
            [nameof(OlderMessages.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(OlderMessages.View)] = view,
            [nameof(OlderMessages.Filter)] = Filter(context.Request),
        });
    }

    /// <summary>After an act that was done: the pane, or the way back to the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="person">The viewer.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="undo">The way to take it back, if there is one.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    public async Task<IResult> AfterAsync(
        HttpContext context, SignedIn person, Guid conversationId, UndoOffer? undo, CancellationToken cancellationToken) =>
        Hx.WantsFragment(context.Request)
            ? await ShowAsync(context, person, conversationId, StatusCodes.Status200OK, view => view with { Undo = undo }, cancellationToken)
            : TypedResults.LocalRedirect(InboxUrls.Conversation(conversationId, Filter(context.Request)));

    private async Task<IResult> ShowAsync(
        HttpContext context, SignedIn person, Guid conversationId, int status, Func<ConversationView, ConversationView> finish, CancellationToken cancellationToken)
    {
        if (await conversations.ReadAsync(person, conversationId, before: null, cancellationToken) is not { } view)
        {
            return TypedResults.NotFound();
        }

        if (view.Unread > 0 && !IsForetaste(context.Request))
        {
            await conversations.MarkReadAsync(person, view, cancellationToken);
        }

        return await RenderAsync(context, person, finish(view), status, cancellationToken);
    }

    private async Task<IResult> RenderAsync(
        HttpContext context, SignedIn person, ConversationView view, int status, CancellationToken cancellationToken)
    {
        PageContext page = await pages.CreateAsync(context, person, cancellationToken);
        InboxFilter filter = Filter(context.Request);
        if (Hx.WantsFragment(context.Request))
        {
            return new RazorComponentResult<ConversationPane>(new Dictionary<string, object?>
            {
                [nameof(ConversationPane.Page)] = page,
                [nameof(ConversationPane.View)] = view,
                [nameof(ConversationPane.Filter)] = filter,
                [nameof(ConversationPane.AsFragment)] = true,
            })
            {
                StatusCode = status,
            };
        }

        return new RazorComponentResult<ConversationPage>(new Dictionary<string, object?>
        {
            [nameof(ConversationPage.Page)] = page,
            [nameof(ConversationPage.View)] = view,
            [nameof(ConversationPage.Inbox)] = await inbox.ReadAsync(person, filter, before: null, cancellationToken)
                ?? await inbox.ReadAsync(person, filter with { Label = null }, before: null, cancellationToken),
        })
        {
            StatusCode = status,
        };
    }

    private static QuotingView? QuotingOf(ConversationView view, Guid messageId) =>
        view.Messages.FirstOrDefault(message => message.Id == messageId && message is { Direction: MessageDirection.In, OfAnother: false }) is { } message
            ? new QuotingView(messageId, message.Text ?? "")
            : null;

    private static InboxFilter Filter(HttpRequest request) => InboxUrls.FilterOf(request.Query);

    /// <summary>Whether the browser fetches ahead, without anyone looking.</summary>
    private static bool IsForetaste(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().StartsWith("prefetch", StringComparison.OrdinalIgnoreCase);
}

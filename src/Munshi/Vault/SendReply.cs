using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Vault.Pages;
using Munshi.Web;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/messages</c>: a person answers. What is not sent is given back with the page.</summary>
/// <remarks>A browser that keeps the text itself asks for the status alone: <c>Prefer: return=minimal</c> (RFC 7240, section 4.2).</remarks>
internal static class SendReply
{
    /// <summary>Room for a text far over the limit, so that it too comes back and is not lost.</summary>
    private const int MaxBodyBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/messages", HandleAsync)
        .WithName(nameof(SendReply))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, Replies replies, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!Guid.TryParseExact(form["key"], "D", out Guid key))
        {
            return TypedResults.BadRequest();
        }

        bool statusAlone = context.Request.Headers["Prefer"] == "return=minimal";
        string text = form["text"].ToString().ReplaceLineEndings("\n"); // browsers send CR LF
        Guid? quote = Guid.TryParseExact(form["quote"], "D", out Guid quoted) ? quoted : null;
        ReplyOutcome outcome = string.IsNullOrWhiteSpace(text)
            ? new ReplyOutcome.BadText()
            : await replies.SendAsync(
                person.ClientId, id, Actor.Person(person.PersonId), new ReplyDraft(new OutboundText(text)) { Quotes = quote }, key, cancellationToken);
        return outcome switch
        {
            ReplyOutcome.Queued when statusAlone => TypedResults.NoContent(),
            ReplyOutcome.Queued => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            ReplyOutcome.WindowClosed => await NotSentAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.NotSent),
            ReplyOutcome.KeyTaken => await NotSentAsync(StatusCodes.Status409Conflict, ConversationNotice.KeyTaken),
            ReplyOutcome.QuoteUnknown => await NotSentAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.QuoteGone),
            ReplyOutcome.NotOwner or ReplyOutcome.GoesOnElsewhere => await NotSentAsync(StatusCodes.Status409Conflict, ConversationNotice.NotSent),
            ReplyOutcome.BadText => await NotSentAsync(
                StatusCodes.Status422UnprocessableEntity,
                string.IsNullOrWhiteSpace(text) ? ConversationNotice.TextMissing : ConversationNotice.TextTooLong),
            _ => TypedResults.NotFound(),
        };

        async Task<IResult> NotSentAsync(int status, ConversationNotice notice) => statusAlone
            ? TypedResults.StatusCode(status)
            : await screen.ShowAsync(context, person, id, status, notice, text, cancellationToken);
    }
}

using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels.Sending;
using Munshi.Vault.Pages;
using Munshi.Web;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/reactions</c>: reacts to a customer's message, or takes that back. The conversation stays with whom it is.</summary>
internal static class SendReaction
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/reactions", HandleAsync)
        .WithName(nameof(SendReaction))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, Replies replies, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        string emoji = form["emoji"].ToString();
        if (!Guid.TryParseExact(form["message"], "D", out Guid message) || emoji.Length > OutboundReaction.MaxEmojiLength)
        {
            return TypedResults.BadRequest();
        }

        // Reacting twice alike changes nothing, so a key of its own for each is enough.
        ReplyDraft draft = new(new OutboundReaction("", emoji)) { Quotes = message };
        return await replies.SendAsync(person.ClientId, id, Actor.Person(person.PersonId), draft, Guid.NewGuid(), cancellationToken) switch
        {
            ReplyOutcome.Queued => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            ReplyOutcome.Unknown => TypedResults.NotFound(),
            ReplyOutcome.QuoteUnknown => await NotSentAsync(StatusCodes.Status422UnprocessableEntity, ConversationNotice.QuoteGone),
            _ => await NotSentAsync(StatusCodes.Status409Conflict, ConversationNotice.NotSent),
        };

        Task<IResult> NotSentAsync(int status, ConversationNotice notice) =>
            screen.ShowAsync(context, person, id, status, notice, replyText: null, cancellationToken);
    }
}

using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault.Labels;

/// <summary><c>POST /inbox/{id}/labels</c> with <c>add</c> or <c>remove</c>: puts a label on a conversation or takes it off.</summary>
internal static class LabelConversation
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/inbox/{id:guid}/labels", HandleAsync)
        .WithName(nameof(LabelConversation))
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, ConversationLabels labels, ConversationScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        LabelOutcome outcome;
        if (Guid.TryParse(form["add"], out Guid added))
        {
            outcome = await labels.AddAsync(person.ClientId, id, added, person.PersonId, cancellationToken);
        }
        else if (Guid.TryParse(form["remove"], out Guid removed))
        {
            outcome = await labels.RemoveAsync(person.ClientId, id, removed, person.PersonId, cancellationToken);
        }
        else
        {
            return TypedResults.BadRequest();
        }

        return outcome switch
        {
            LabelOutcome.Done => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            LabelOutcome.TooMany => await screen.ShowAsync(
                context, person, id, StatusCodes.Status422UnprocessableEntity, ConversationNotice.TooManyLabels, null, cancellationToken),
            _ => TypedResults.NotFound(),
        };
    }
}

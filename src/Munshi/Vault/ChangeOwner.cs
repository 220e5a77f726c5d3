using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/owner</c> takes a conversation over; <c>POST /inbox/{id}/owner/release</c> hands it back to Munshi.</summary>
internal static class ChangeOwner
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Guarded(routes.MapPost("/inbox/{id:guid}/owner", TakeOverAsync)).WithName($"{nameof(ChangeOwner)}.Take");
        Guarded(routes.MapPost("/inbox/{id:guid}/owner/release", ReleaseAsync)).WithName($"{nameof(ChangeOwner)}.Release");
    }

    internal static Task<IResult> TakeOverAsync(
        Guid id, HttpContext context, SignedIn person, Ownership ownership, ConversationScreen screen, CancellationToken cancellationToken) =>
        HandleAsync(id, context, person, ownership.TakeOverAsync, screen, cancellationToken);

    internal static Task<IResult> ReleaseAsync(
        Guid id, HttpContext context, SignedIn person, Ownership ownership, ConversationScreen screen, CancellationToken cancellationToken) =>
        HandleAsync(id, context, person, ownership.ReleaseAsync, screen, cancellationToken);

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    private static async Task<IResult> HandleAsync(
        Guid id,
        HttpContext context,
        SignedIn person,
        Func<Guid, Guid, Guid, long?, CancellationToken, Task<OwnershipOutcome>> change,
        ConversationScreen screen,
        CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!long.TryParse(form["epoch"], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch))
        {
            return TypedResults.BadRequest();
        }

        return await change(person.ClientId, id, person.PersonId, epoch, cancellationToken) switch
        {
            OwnershipOutcome.Changed => await screen.AfterAsync(context, person, id, cancellationToken),
            OwnershipOutcome.Overtaken => await screen.ShowAsync(
                context, person, id, StatusCodes.Status409Conflict, ConversationNotice.OwnerChanged, null, cancellationToken),
            _ => TypedResults.NotFound(),
        };
    }
}

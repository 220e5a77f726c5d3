using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>POST /inbox/{id}/owner</c> takes a conversation over; <c>POST /inbox/{id}/owner/release</c> hands it back to Munshi;
/// <c>POST /inbox/{id}/owner/assign</c> gives it to a colleague; <c>POST /inbox/{id}/owner/undo</c> takes any of these back.</summary>
internal static class ChangeOwner
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Guarded(routes.MapPost("/inbox/{id:guid}/owner", TakeOverAsync)).WithName($"{nameof(ChangeOwner)}.Take");
        Guarded(routes.MapPost("/inbox/{id:guid}/owner/release", ReleaseAsync)).WithName($"{nameof(ChangeOwner)}.Release");
        Guarded(routes.MapPost("/inbox/{id:guid}/owner/assign", AssignAsync)).WithName($"{nameof(ChangeOwner)}.Assign");
        Guarded(routes.MapPost("/inbox/{id:guid}/owner/undo", UndoAsync)).WithName($"{nameof(ChangeOwner)}.Undo");
    }

    internal static Task<IResult> TakeOverAsync(
        Guid id, HttpContext context, SignedIn person, Ownership ownership, ConversationScreen screen, CancellationToken cancellationToken) =>
        HandleAsync(
            id, context, person, screen, ConversationNotice.TookOver,
            async (_, epoch) => await ownership.TakeOverAsync(person.ClientId, id, person.PersonId, epoch, cancellationToken), cancellationToken);

    internal static Task<IResult> ReleaseAsync(
        Guid id, HttpContext context, SignedIn person, Ownership ownership, ConversationScreen screen, CancellationToken cancellationToken) =>
        HandleAsync(
            id, context, person, screen, ConversationNotice.HandedBack,
            async (_, epoch) => await ownership.ReleaseAsync(person.ClientId, id, person.PersonId, epoch, cancellationToken), cancellationToken);

    internal static Task<IResult> AssignAsync(
        Guid id, HttpContext context, SignedIn person, Ownership ownership, Members members, ConversationScreen screen, CancellationToken cancellationToken) =>
        HandleAsync(id, context, person, screen, ConversationNotice.Assigned, async (form, epoch) =>
            Guid.TryParseExact(form["to"], "D", out Guid colleague) && (await members.ListAsync(person.ClientId, cancellationToken)).ContainsKey(colleague)
                ? await ownership.AssignAsync(person.ClientId, id, person.PersonId, colleague, epoch, cancellationToken)
                : null, cancellationToken);

    internal static Task<IResult> UndoAsync(
        Guid id, HttpContext context, SignedIn person, Ownership ownership, Members members, ConversationScreen screen, CancellationToken cancellationToken) =>
        HandleAsync(id, context, person, screen, ConversationNotice.None, async (form, epoch) =>
            FormerOwner.Parse(form["to"]) is { } former && await IsHereAsync(former, members, person, cancellationToken)
                ? await ownership.RestoreAsync(person.ClientId, id, person.PersonId, former, epoch, cancellationToken)
                : null, cancellationToken);

    private static async Task<bool> IsHereAsync(FormerOwner former, Members members, SignedIn person, CancellationToken cancellationToken) =>
        former.PersonId is not { } personId || (await members.ListAsync(person.ClientId, cancellationToken)).ContainsKey(personId);

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();

    private static async Task<IResult> HandleAsync(
        Guid id,
        HttpContext context,
        SignedIn person,
        ConversationScreen screen,
        ConversationNotice done,
        Func<IFormCollection, long, Task<OwnershipOutcome?>> change,
        CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!long.TryParse(form["epoch"], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch))
        {
            return TypedResults.BadRequest();
        }

        return await change(form, epoch) switch
        {
            OwnershipOutcome.Changed { Before: { } before } when done is not ConversationNotice.None =>
                await screen.AfterAsync(context, person, id, new UndoOffer(done, before.ToString()), cancellationToken),
            OwnershipOutcome.Changed => await screen.AfterAsync(context, person, id, undo: null, cancellationToken),
            OwnershipOutcome.Overtaken => await screen.ShowAsync(
                context, person, id, StatusCodes.Status409Conflict, ConversationNotice.OwnerChanged, null, cancellationToken),
            OwnershipOutcome.GoesOnElsewhere => await screen.ShowAsync(
                context, person, id, StatusCodes.Status409Conflict, ConversationNotice.GoesOnElsewhere, null, cancellationToken),
            null => TypedResults.BadRequest(), // not a form of ours
            _ => TypedResults.NotFound(),
        };
    }
}

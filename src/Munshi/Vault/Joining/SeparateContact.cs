using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Joining;

/// <summary><c>POST /inbox/{id}/contact/separation</c> makes two customers of one; <c>POST /inbox/{id}/contact/undo</c> takes a merge back.</summary>
internal static class SeparateContact
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Guarded(routes.MapPost("/inbox/{id:guid}/contact/separation", SeparateAsync)).WithName($"{nameof(SeparateContact)}.Separate");
        Guarded(routes.MapPost("/inbox/{id:guid}/contact/undo", UndoAsync)).WithName($"{nameof(SeparateContact)}.Undo");
    }

    internal static async Task<IResult> SeparateAsync(
        Guid id, HttpContext context, SignedIn person, ContactActs acts, ContactScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        HashSet<Guid> chosen = [];
        foreach (string? value in form["identifier"])
        {
            if (!Guid.TryParse(value, out Guid identifier))
            {
                return TypedResults.BadRequest();
            }

            chosen.Add(identifier);
        }

        return await HandleAsync(
            id, context, person, form, screen, (eventId, seen) => acts.SplitAsync(person.ClientId, eventId, (id, seen), chosen, person.PersonId, cancellationToken), cancellationToken);
    }

    internal static async Task<IResult> UndoAsync(
        Guid id, HttpContext context, SignedIn person, ContactActs acts, ContactScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        return Guid.TryParse(form["merge"], out Guid merge)
            ? await HandleAsync(
                id, context, person, form, screen, (eventId, seen) => acts.UndoAsync(person.ClientId, eventId, (id, seen), merge, person.PersonId, cancellationToken), cancellationToken)
            : TypedResults.BadRequest();
    }

    private static async Task<IResult> HandleAsync(
        Guid id,
        HttpContext context,
        SignedIn person,
        IFormCollection form,
        ContactScreen screen,
        Func<Guid, ContactVersion, Task<ContactOutcome>> act,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(form["event"], out Guid eventId) || ContactVersion.Parse(form["seen"]) is not { } seen)
        {
            return TypedResults.BadRequest();
        }

        return await act(eventId, seen) switch
        {
            ContactOutcome.Done => TypedResults.LocalRedirect(ContactUrls.Done(id, eventId)),
            ContactOutcome.Overtaken => await RefuseAsync(StatusCodes.Status409Conflict, "Joining.Overtaken"),
            ContactOutcome.NothingLeft => await RefuseAsync(StatusCodes.Status422UnprocessableEntity, "Joining.NothingLeft"),
            ContactOutcome.Unknown => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };

        Task<IResult> RefuseAsync(int status, string problem) =>
            screen.ShowAsync(context, person, id, sought: null, status, view => view with { Problem = problem }, cancellationToken);
    }

    private static RouteHandlerBuilder Guarded(RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
        .ForMembers()
        .AddEndpointFilter<FormTokenFilter>()
        .DisableAntiforgery();
}

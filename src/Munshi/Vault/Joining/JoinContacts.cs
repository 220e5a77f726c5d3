using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Joining;

/// <summary><c>GET</c> and <c>POST /inbox/{id}/contact/joining?with=</c>: two customers side by side, and that they are one.</summary>
internal static class JoinContacts
{
    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox/{id:guid}/contact/joining", ShowAsync).WithName($"{nameof(JoinContacts)}.Show").ForMembers();
        routes.MapPost("/inbox/{id:guid}/contact/joining", JoinAsync)
            .WithName($"{nameof(JoinContacts)}.Join")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ForMembers()
            .AddEndpointFilter<FormTokenFilter>()
            .DisableAntiforgery();
    }

    internal static Task<IResult> ShowAsync(Guid id, HttpContext context, SignedIn person, [FromQuery(Name = "with")] Guid other, ContactScreen screen, CancellationToken cancellationToken) =>
        screen.ShowJoinAsync(context, person, id, other, StatusCodes.Status200OK, problem: null, cancellationToken);

    internal static async Task<IResult> JoinAsync(
        Guid id, HttpContext context, SignedIn person, [FromQuery(Name = "with")] Guid other, ContactActs acts, ContactScreen screen, CancellationToken cancellationToken)
    {
        IFormCollection form = await context.Request.ReadFormAsync(cancellationToken);
        if (!Guid.TryParse(form["event"], out Guid eventId)
            || ContactVersion.Parse(form["seen"]) is not { } seen
            || ContactVersion.Parse(form["with-seen"]) is not { } otherSeen)
        {
            return TypedResults.BadRequest();
        }

        return await acts.MergeAsync(person.ClientId, eventId, (id, seen), (other, otherSeen), person.PersonId, cancellationToken) switch
        {
            ContactOutcome.Done => TypedResults.LocalRedirect(ContactUrls.Done(id, eventId)),
            ContactOutcome.Overtaken => await RefuseAsync(StatusCodes.Status409Conflict, "Joining.Overtaken"),
            ContactOutcome.Same => await RefuseAsync(StatusCodes.Status409Conflict, problem: null),
            ContactOutcome.TwoUsers => await RefuseAsync(StatusCodes.Status422UnprocessableEntity, problem: null),
            ContactOutcome.Unknown => TypedResults.NotFound(),
            _ => throw new UnreachableException(),
        };

        Task<IResult> RefuseAsync(int status, string? problem) => screen.ShowJoinAsync(context, person, id, other, status, problem, cancellationToken);
    }
}

using Microsoft.AspNetCore.Mvc;
using Munshi.Access;
using Munshi.Web;

namespace Munshi.Vault.Joining;

/// <summary><c>GET /inbox/{id}/contact</c>: who a conversation is with. <c>POST</c> of it: whom they may be one with; a number that is looked for stands in no address.</summary>
internal static class ShowContact
{
    /// <summary>UTF-16 code units; no name is longer.</summary>
    private const int MaxSought = 200;

    private const int MaxBodyBytes = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/inbox/{id:guid}/contact", HandleAsync).WithName(nameof(ShowContact)).ForMembers();
        routes.MapPost("/inbox/{id:guid}/contact", FindAsync)
            .WithName($"{nameof(ShowContact)}.Find")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ForMembers()
            .AddEndpointFilter<FormTokenFilter>()
            .DisableAntiforgery();
    }

    internal static Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, Guid? done, ContactScreen screen, CancellationToken cancellationToken) => screen.ShowAsync(
            context, person, id, sought: null, StatusCodes.Status200OK,
            view => view with { Done = view.History is [{ } newest, ..] && newest.Id == done ? newest.Kind : null }, cancellationToken);

    internal static async Task<IResult> FindAsync(Guid id, HttpContext context, SignedIn person, ContactScreen screen, CancellationToken cancellationToken)
    {
        string? sought = (await context.Request.ReadFormAsync(cancellationToken))["q"];
        return sought?.Length > MaxSought
            ? TypedResults.BadRequest()
            : await screen.ShowAsync(context, person, id, sought, StatusCodes.Status200OK, view => view, cancellationToken);
    }
}

using Munshi.Access;

namespace Munshi.Vault.Joining;

/// <summary><c>GET /inbox/{id}/contact?q=</c>: who a conversation is with, and whom they may be one with.</summary>
internal static class ShowContact
{
    /// <summary>UTF-16 code units; no name is longer.</summary>
    private const int MaxSought = 200;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inbox/{id:guid}/contact", HandleAsync).WithName(nameof(ShowContact)).ForMembers();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, string? q, Guid? done, ContactScreen screen, CancellationToken cancellationToken) =>
        q?.Length > MaxSought
            ? TypedResults.BadRequest()
            : await screen.ShowAsync(
                context, person, id, q, StatusCodes.Status200OK,
                view => view with { Done = view.History is [{ } newest, ..] && newest.Id == done ? newest.Kind : null }, cancellationToken);
}

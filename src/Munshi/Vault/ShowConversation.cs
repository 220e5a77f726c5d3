using Munshi.Access;
using Munshi.Vault.Pages;

namespace Munshi.Vault;

/// <summary><c>GET /inbox/{id}?view=&amp;before=</c>: one conversation, or its earlier messages.</summary>
internal static class ShowConversation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inbox/{id:guid}", HandleAsync).WithName(nameof(ShowConversation)).ForMembers();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, string? before, ConversationScreen screen, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return await screen.ShowAsync(context, person, id, StatusCodes.Status200OK, ConversationNotice.None, null, cancellationToken);
        }

        return PageCursor.TryParse(before, out PageCursor cursor)
            ? await screen.ShowOlderAsync(context, person, id, cursor, cancellationToken)
            : TypedResults.BadRequest();
    }
}

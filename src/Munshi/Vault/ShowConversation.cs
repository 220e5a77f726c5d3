using Munshi.Access;
using Munshi.Vault.Pages;

namespace Munshi.Vault;

/// <summary><c>GET /inbox/{id}?view=&amp;before=&amp;quote=&amp;template=</c>: one conversation, its earlier messages, or with a message to be quoted or a template to be filled in.</summary>
internal static class ShowConversation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/inbox/{id:guid}", HandleAsync).WithName(nameof(ShowConversation)).ForMembers();

    internal static async Task<IResult> HandleAsync(
        Guid id, HttpContext context, SignedIn person, string? before, Guid? quote, Guid? template, ConversationScreen screen, CancellationToken cancellationToken)
    {
        if (template is { } chosen)
        {
            return await screen.ShowTemplateAsync(context, person, id, chosen, StatusCodes.Status200OK, ConversationNotice.None, [], cancellationToken);
        }

        if (quote is { } quoted)
        {
            return await screen.ShowQuotingAsync(context, person, id, quoted, cancellationToken);
        }

        if (before is null)
        {
            return await screen.ShowAsync(context, person, id, StatusCodes.Status200OK, ConversationNotice.None, null, cancellationToken);
        }

        return PageCursor.TryParse(before, out PageCursor cursor)
            ? await screen.ShowOlderAsync(context, person, id, cursor, cancellationToken)
            : TypedResults.BadRequest();
    }
}

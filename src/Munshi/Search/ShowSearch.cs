using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Search.Pages;
using Munshi.Vault.Pages;
using Munshi.Vault.Searching;

namespace Munshi.Search;

/// <summary>
/// <c>GET /search?q=&amp;person=&amp;number=&amp;label=&amp;kind=&amp;side=&amp;from=&amp;to=&amp;order=&amp;before=&amp;skip=</c>: messages and people;
/// <c>GET /search/open/{message}</c>: to the message in its conversation.
/// </summary>
internal static class ShowSearch
{
    /// <summary>Messages shown after the one that was found.</summary>
    private const int Later = 12;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SearchUrls.Start, (HttpContext context, SignedIn person, string? q, long? before, int? skip, SearchScreen screen, CancellationToken cancellationToken) =>
            screen.ShowAsync(context, person, (q ?? "").Trim(), before, skip, cancellationToken)).WithName(nameof(ShowSearch)).ForMembers();
        routes.MapGet("/search/open/{message:guid}", OpenAsync).WithName("OpenFound").ForMembers();
    }

    internal static async Task<Results<RedirectHttpResult, NotFound>> OpenAsync(
        Guid message, SignedIn person, SearchedMessages messages, CancellationToken cancellationToken)
    {
        if (await messages.PlaceAsync(person.ClientId, message, Later, cancellationToken) is not { } place)
        {
            return TypedResults.NotFound();
        }

        return TypedResults.LocalRedirect($"{InboxUrls.Conversation(place.ConversationId, InboxFilter.All, place.Before?.ToString())}#m-{message}");
    }
}

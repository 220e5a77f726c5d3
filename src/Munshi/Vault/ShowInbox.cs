using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>GET /inbox?view=&amp;before=</c>: the list of conversations, or the rows that follow.</summary>
internal static class ShowInbox
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.LocalRedirect("/inbox")).ExcludeFromDescription();
        routes.MapGet("/inbox", HandleAsync).WithName(nameof(ShowInbox)).ForMembers();
    }

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? view, string? before, InboxReader inbox, DashboardPages pages, CancellationToken cancellationToken)
    {
        PageCursor cursor = default;
        if (before is not null && !PageCursor.TryParse(before, out cursor))
        {
            return TypedResults.BadRequest();
        }

        InboxView list = await inbox.ReadAsync(person, InboxUrls.FilterOf(view), before is null ? null : cursor, cancellationToken);
        Dictionary<string, object?> parameters = new()
        {
            [nameof(InboxPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(InboxPage.View)] = list,
        };
        return (Hx.WantsFragment(context.Request), before) switch
        {
            (false, _) => new RazorComponentResult<InboxPage>(parameters),
            (true, null) => new RazorComponentResult<InboxList>(parameters),
            (true, _) => new RazorComponentResult<InboxRows>(parameters),
        };
    }
}

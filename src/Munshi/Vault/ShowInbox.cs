using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>GET /inbox?view=&amp;state=&amp;label=&amp;before=&amp;after=</c>: the list of conversations, or the rows below or above a row.</summary>
internal static class ShowInbox
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.LocalRedirect("/inbox")).ExcludeFromDescription();
        routes.MapGet("/inbox", HandleAsync).WithName(nameof(ShowInbox)).ForMembers();
    }

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? before, string? after, InboxReader inbox, DashboardPages pages, CancellationToken cancellationToken)
    {
        PageCursor cursor = default;
        if ((before ?? after) is { } text && !PageCursor.TryParse(text, out cursor))
        {
            return TypedResults.BadRequest();
        }

        InboxFilter filter = InboxUrls.FilterOf(context.Request.Query);
        InboxView? list = before is null && after is not null
            ? await inbox.ReadAfterAsync(person, filter, cursor, cancellationToken)
            : await inbox.ReadAsync(person, filter, before is null ? null : cursor, cancellationToken);
        if (list is null)
        {
            return TypedResults.NotFound();
        }

        Dictionary<string, object?> parameters = new()
        {
            [nameof(InboxPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(InboxPage.View)] = list,
        };
        return (Hx.WantsFragment(context.Request), before ?? after) switch
        {
            (false, _) => new RazorComponentResult<InboxPage>(parameters),
            (true, null) => new RazorComponentResult<InboxList>(parameters),
            (true, _) => new RazorComponentResult<InboxRows>(new Dictionary<string, object?>(parameters) { [nameof(InboxRows.Part)] = before is null ? ListPart.Above : ListPart.Below }),
        };
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Pages;
using Munshi.Web;

namespace Munshi.Vault;

/// <summary><c>GET /find?q=</c>: conversations by name; the whole page, or the options of the command palette.</summary>
internal static class FindConversation
{
    /// <summary>UTF-16 code units; no name is longer.</summary>
    private const int MaxSought = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/find", HandleAsync).WithName(nameof(FindConversation)).ForMembers();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? q, ConversationFinder finder, DashboardPages pages, CancellationToken cancellationToken)
    {
        string sought = (q ?? "").Trim();
        if (sought.Length > MaxSought)
        {
            return TypedResults.BadRequest();
        }

        FoundView found = await finder.FindAsync(person, sought, cancellationToken);
        Dictionary<string, object?> parameters = new()
        {
            [nameof(FindPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(FindPage.View)] = found,
        };
        return Hx.WantsFragment(context.Request)
            ? new RazorComponentResult<FoundOptions>(parameters)
            : new RazorComponentResult<FindPage>(parameters);
    }
}

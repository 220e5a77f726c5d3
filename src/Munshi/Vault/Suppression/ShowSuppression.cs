using Microsoft.AspNetCore.Http.HttpResults;
using Munshi.Access;
using Munshi.Vault.Suppression.Pages;

namespace Munshi.Vault.Suppression;

/// <summary><c>GET /settings/opt-outs?before=</c>: who wants no automatic messages, or no marketing.</summary>
internal static class ShowSuppression
{
    public const string Url = "/settings/opt-outs";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Url, HandleAsync).WithName(nameof(ShowSuppression)).ForOwners();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? before, SuppressionList list, DashboardPages pages, CancellationToken cancellationToken)
    {
        PageCursor cursor = default;
        if (before is not null && !PageCursor.TryParse(before, out cursor))
        {
            return TypedResults.BadRequest();
        }

        return new RazorComponentResult<SuppressionPage>(new Dictionary<string, object?>
        {
            [nameof(SuppressionPage.Page)] = await pages.CreateAsync(context, person, cancellationToken),
            [nameof(SuppressionPage.View)] = await list.ReadAsync(person.ClientId, before is null ? null : cursor, cancellationToken),
        });
    }
}

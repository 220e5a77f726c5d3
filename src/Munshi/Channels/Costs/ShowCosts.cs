using Munshi.Access;

namespace Munshi.Channels.Costs;

/// <summary><c>GET /settings/costs</c>: what the messages of this month cost, the limit, the prices, the months before.</summary>
internal static class ShowCosts
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(CostUrls.Settings, HandleAsync).WithName(nameof(ShowCosts)).ForOwners();

    internal static async Task<IResult> HandleAsync(
        HttpContext context, SignedIn person, string? done, CostsScreen screen, CancellationToken cancellationToken) =>
        await screen.ShowAsync(context, person, await screen.ReadAsync(person.ClientId, cancellationToken) with { Done = done }, cancellationToken);
}

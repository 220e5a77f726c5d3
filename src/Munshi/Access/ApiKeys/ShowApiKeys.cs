namespace Munshi.Access.ApiKeys;

/// <summary><c>GET /settings/api-keys</c>: the workspace's keys, without their secrets.</summary>
internal static class ShowApiKeys
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(ApiKeyUrls.Settings, HandleAsync).WithName(nameof(ShowApiKeys)).ForOwners();

    internal static Task<IResult> HandleAsync(HttpContext context, SignedIn person, string? done, ApiKeysScreen screen, CancellationToken cancellationToken) =>
        screen.ShowAsync(context, person, view => view with { IsRevoked = done == "revoked" }, cancellationToken);
}

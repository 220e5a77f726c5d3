namespace Munshi.Health;

/// <summary><c>GET /healthz</c>: the process lives.</summary>
internal static class Healthz
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/healthz", () => TypedResults.Ok(new { status = "alive" }));
}

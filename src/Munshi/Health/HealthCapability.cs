namespace Munshi.Health;

/// <summary>Whether the server lives and can keep what comes in.</summary>
internal static class HealthCapability
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        Healthz.Map(routes);
        Readyz.Map(routes);
    }
}

namespace Munshi.Channels.Costs;

/// <summary>The page of the costs; the counting itself comes with the channels.</summary>
internal static class CostsCapability
{
    public static IServiceCollection AddCostPages(this IServiceCollection services) => services.AddScoped<CostsScreen>();

    public static void MapCosts(this IEndpointRouteBuilder routes)
    {
        ShowCosts.Map(routes);
        SetCostLimit.Map(routes);
        SetCostPrices.Map(routes);
    }
}

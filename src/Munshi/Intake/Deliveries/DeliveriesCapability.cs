namespace Munshi.Intake.Deliveries;

/// <summary>What came in and what became of it, in the dashboard.</summary>
internal static class DeliveriesCapability
{
    public static IServiceCollection AddDeliveryPages(this IServiceCollection services) => services
        .AddSingleton<UpdateLog>()
        .AddSingleton<Failures>()
        .AddSingleton<UpdateReader>()
        .AddSingleton<UpdateSearch>()
        .AddScoped<DeliveriesScreen>();

    public static void MapDeliveries(this IEndpointRouteBuilder routes)
    {
        ShowDeliveries.Map(routes);
        SearchUpdates.Map(routes);
        ReplayUpdate.Map(routes);
        ReplayAll.Map(routes);
    }
}

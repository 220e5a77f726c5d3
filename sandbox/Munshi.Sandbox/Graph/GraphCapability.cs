namespace Munshi.Sandbox.Graph;

/// <summary>The part of Meta's Graph API that sends and sets up.</summary>
internal static class GraphCapability
{
    public static void AddGraph(this IServiceCollection services)
    {
        services.AddSingleton<BusinessMessages>();
        services.AddSingleton<MessagingLimits>();
        services.AddSingleton<PostMessages>();
        services.AddSingleton<GetNumber>();
        services.AddSingleton<SubscribedApps>();
        services.AddSingleton<DebugToken>();
        services.AddSingleton<ListTemplates>();
    }

    public static void MapGraph(this WebApplication app)
    {
        PostMessages.Map(app);
        GetNumber.Map(app);
        SubscribedApps.Map(app);
        DebugToken.Map(app);
        ListTemplates.Map(app);
    }
}

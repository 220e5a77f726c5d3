namespace Munshi.Sandbox.Graph;

/// <summary>The part of Meta's Graph API that sends.</summary>
internal static class GraphCapability
{
    public static void AddGraph(this IServiceCollection services)
    {
        services.AddSingleton<BusinessMessages>();
        services.AddSingleton<MessagingLimits>();
        services.AddSingleton<PostMessages>();
    }

    public static void MapGraph(this WebApplication app) => PostMessages.Map(app);
}

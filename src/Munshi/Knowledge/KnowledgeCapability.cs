namespace Munshi.Knowledge;

/// <summary>What a workspace knows: its FAQ, ranked offline.</summary>
internal static class KnowledgeCapability
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services) => services.AddSingleton<KnowledgeBase>();

    public static IServiceCollection AddKnowledgePages(this IServiceCollection services)
    {
        services.AddSingleton<KnowledgeEditor>();
        services.AddScoped<KnowledgeScreen>();
        return services;
    }

    public static void MapKnowledge(this IEndpointRouteBuilder routes)
    {
        ShowKnowledge.Map(routes);
        SaveEntry.Map(routes);
        UploadFaq.Map(routes);
        SampleFaqFile.Map(routes);
    }
}

namespace Munshi.Knowledge;

/// <summary>What a workspace knows: its FAQ, ranked offline.</summary>
internal static class KnowledgeCapability
{
    public static IServiceCollection AddKnowledge(this IServiceCollection services) => services.AddSingleton<KnowledgeBase>();
}

namespace Munshi.Workspaces;

/// <summary>Workspaces and their own keys.</summary>
internal static class WorkspacesCapability
{
    public static IServiceCollection AddWorkspaces(this IServiceCollection services)
    {
        services.AddSingleton<WorkspaceKeys>();
        services.AddSingleton<WorkspaceRegistry>();
        return services;
    }
}

using Munshi.Access.ApiKeys;

namespace Munshi.Access;

/// <summary>Who may come in: persons, memberships, one-time links, sessions, API keys.</summary>
internal static class AccessCapability
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<Members>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<ApiKeyRegistry>();
        return services;
    }

    /// <summary>What the dashboard needs of it, beside <see cref="AddAccess"/>.</summary>
    public static IServiceCollection AddDashboardAccess(this IServiceCollection services) => services.AddScoped<DashboardPages>().AddScoped<SignInCommand>().AddScoped<ApiKeysScreen>();

    /// <summary>Belongs after the frame's own middleware and before every endpoint.</summary>
    public static void UseAccess(this WebApplication app) => app.UseMiddleware<Doorkeeper>();

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        ShowSignIn.Map(routes);
        PressSignIn.Map(routes);
        SignOut.Map(routes);
        ShowApiKeys.Map(routes);
        MakeApiKey.Map(routes);
        RevokeApiKey.Map(routes);
    }
}

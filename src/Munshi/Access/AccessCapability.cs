namespace Munshi.Access;

/// <summary>Who may come in: persons, memberships, one-time links, sessions.</summary>
internal static class AccessCapability
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<Members>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInLinks>();
        return services;
    }
}

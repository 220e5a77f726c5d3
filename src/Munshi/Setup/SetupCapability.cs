namespace Munshi.Setup;

/// <summary>The first run: the first owner, and connecting a real number step by step.</summary>
internal static class SetupCapability
{
    /// <summary>The one-time link, on the command line too.</summary>
    public static IServiceCollection AddSetupLinks(this IServiceCollection services) => services.AddSingleton<SetupLinks>();

    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.AddSingleton<FirstOwner>();
        services.AddSingleton<SetupProgress>();
        services.AddScoped<SetupScreen>();
        return services;
    }

    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        PressSetupLink.Map(routes);
        MakeFirstOwner.Map(routes);
        ShowSetup.Map(routes);
        KeepAppSecret.Map(routes);
        KeepPublicAddress.Map(routes);
        MakeVerifyToken.Map(routes);
        ConnectNumber.Map(routes);
        SendTest.Map(routes);
        TryNumber.Map(routes);
    }
}

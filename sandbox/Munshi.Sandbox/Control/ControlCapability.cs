using Microsoft.Extensions.Options;

namespace Munshi.Sandbox.Control;

/// <summary>Settings, registered numbers, faults and counters.</summary>
internal static class ControlCapability
{
    public const string NoSuchNumber = "No such number is registered; register one with PUT /control/app.";

    public static void AddControl(this IServiceCollection services)
    {
        services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SandboxOptions>, SandboxOptionsValidator>();
        services.AddSingleton<BusinessNumbers>();
        services.AddSingleton<Faults>();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<Tally>();
    }

    public static void MapControl(this WebApplication app)
    {
        RouteGroupBuilder group = app.MapGroup("/control");
        RegisterApp.Map(group);
        VerifyCallback.Map(group);
        SwitchFaults.Map(group);
        ShowState.Map(group);
        ShowControlPage.Map(app);
        SwitchFromPage.Map(app);
        app.MapGet("/healthz", () => TypedResults.Ok(new { status = "ok" }));
    }
}

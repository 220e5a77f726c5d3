using Microsoft.Extensions.Options;
using Munshi.Database.WorkQueue;
using Munshi.Intake.Deliveries;

namespace Munshi.Intake;

/// <summary>Webhooks in: verified, durable, sorted, brought into the vault.</summary>
internal static class IntakeCapability
{
    public static IServiceCollection AddIntake(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IntakeOptions>().Bind(configuration.GetSection(IntakeOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntakeOptions>, IntakeOptionsValidator>();
        services.AddSingleton<IntakeKeys>();
        services.AddSingleton<IntakeMeter>();
        services.AddSingleton<ForgedDeliveries>();
        services.AddSingleton<Arrivals>();
        services.AddSingleton<DeliveryWriter>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliveryWriter>());
        services.AddSingleton<DeliverySorter>();
        services.AddHostedService(provider => provider.GetRequiredService<DeliverySorter>());
        services.AddSingleton<PendingUpdates>();
        services.AddSingleton<UpdateReceivers>();
        services.AddSingleton<IJobHandler, UpdateHandler>();
        services.AddSingleton<Replays>();
        services.AddSingleton<IJobHandler, ReplayHandler>();
        services.AddSingleton<QuarantineRelease>();
        services.AddSingleton<IJobHandler>(provider => provider.GetRequiredService<QuarantineRelease>());
        return services;
    }

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        VerifySubscription.Map(routes);
        ReceiveWebhook.Map(routes);
    }
}

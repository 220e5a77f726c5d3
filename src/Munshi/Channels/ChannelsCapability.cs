using Microsoft.Extensions.Options;
using Munshi.Channels.Costs;
using Munshi.Channels.Egress;
using Munshi.Channels.Health;
using Munshi.Channels.Receipts;
using Munshi.Channels.Sending;
using Munshi.Channels.Templates;
using Munshi.Database.WorkQueue;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels;

/// <summary>Meta apps and numbers, the outbox, the sender, the egress gate.</summary>
internal static class ChannelsCapability
{
    /// <summary>The registry of apps and numbers, and the count of outbound calls: on the command line too.</summary>
    public static IServiceCollection AddChannelRegistry(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<MetaApps>();
        services.AddSingleton<Numbers>();
        services.AddSingleton<NumberAccounts>();
        services.AddSingleton<EgressCounts>();
        return services;
    }

    /// <summary>Writes the count of outbound calls while the server runs; a verb that makes any writes its own.</summary>
    public static IServiceCollection AddEgress(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<EgressCounts>());

    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChannelOptions>().Bind(configuration.GetSection(ChannelOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ChannelOptions>, ChannelOptionsValidator>();
        services.AddSingleton(GraphOptions);
        services.AddSingleton(GraphHttp);
        services.AddSingleton(provider => new GraphClient(
            provider.GetRequiredService<GraphHttp>().Client, provider.GetRequiredService<GraphOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new GraphAccount(
            provider.GetRequiredService<GraphHttp>().Client, provider.GetRequiredService<GraphOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Callbacks>();
        services.AddHostedService(provider => provider.GetRequiredService<Callbacks>());
        services.AddSingleton<NumberHealths>();
        services.AddSingleton<ToldEvents>();
        services.AddSingleton<ChannelGauge>();
        services.AddSingleton<HealthViews>();
        services.AddSingleton<HealthClock>();
        services.AddHostedService(provider => provider.GetRequiredService<HealthClock>());
        services.AddSingleton<Outbox>();
        services.AddSingleton<Replies>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<MessageCosts>();
        services.AddSingleton<CostBook>();
        services.AddSingleton<SendGates>();
        services.AddSingleton<SendDelays>();
        services.AddSingleton(provider => new GraphTemplates(
            provider.GetRequiredService<GraphHttp>().Client, provider.GetRequiredService<GraphOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<TemplateBook>();
        services.AddSingleton<IJobHandler, RefreshTemplates>();
        services.AddHostedService<TemplateClock>();
        services.AddSingleton<NumberStops>();
        services.AddSingleton<NumberPaces>();
        services.AddSingleton<Uploads>();
        services.AddHostedService(provider => provider.GetRequiredService<Uploads>());
        services.AddSingleton<IJobHandler, Sender>();
        services.AddSingleton<ReadMarks>();
        services.AddSingleton<IJobHandler>(provider => new ReceiptJob(ReadMarks.ReadJob, provider.GetRequiredService<ReadMarks>()));
        services.AddSingleton<IJobHandler>(provider => new ReceiptJob(ReadMarks.TypingJob, provider.GetRequiredService<ReadMarks>()));
        services.AddSingleton<IJobHandler, ProbeNumber>();
        services.AddSingleton<IJobHandler, ResumeNumber>();
        return services;
    }

    private static GraphOptions GraphOptions(IServiceProvider services)
    {
        ChannelOptions options = services.GetRequiredService<IOptions<ChannelOptions>>().Value;
        return new GraphOptions { BaseAddress = options.GraphBaseAddress, Version = options.GraphVersion, Timeout = options.GraphTimeout };
    }

    private static GraphHttp GraphHttp(IServiceProvider services) => new(new HttpClient(new EgressGate(
        [new Subprocessor("meta", services.GetRequiredService<GraphOptions>().BaseAddress)], services.GetRequiredService<EgressCounts>())));
}

using Microsoft.Extensions.Options;
using Munshi.Channels.Egress;
using Munshi.Channels.Sending;
using Munshi.Database.WorkQueue;
using Munshi.WhatsApp.Sending;

namespace Munshi.Channels;

/// <summary>Meta apps and numbers, the outbox, the sender, the egress gate.</summary>
internal static class ChannelsCapability
{
    /// <summary>What the registry of apps and numbers needs, on the command line too.</summary>
    public static IServiceCollection AddChannelRegistry(this IServiceCollection services)
    {
        services.AddMemoryCache();
        services.AddSingleton<MetaApps>();
        services.AddSingleton<Numbers>();
        return services;
    }

    /// <summary>The count of outbound calls.</summary>
    public static IServiceCollection AddEgress(this IServiceCollection services)
    {
        services.AddSingleton<EgressCounts>();
        services.AddHostedService(provider => provider.GetRequiredService<EgressCounts>());
        return services;
    }

    public static IServiceCollection AddChannels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ChannelOptions>().Bind(configuration.GetSection(ChannelOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ChannelOptions>, ChannelOptionsValidator>();
        services.AddSingleton(Graph);
        services.AddSingleton<Outbox>();
        services.AddSingleton<Replies>();
        services.AddSingleton<Withdrawals>();
        services.AddSingleton<SendGates>();
        services.AddSingleton<IJobHandler, Sender>();
        return services;
    }

    private static GraphClient Graph(IServiceProvider services)
    {
        ChannelOptions options = services.GetRequiredService<IOptions<ChannelOptions>>().Value;
        EgressGate gate = new([new Subprocessor("meta", options.GraphBaseAddress)], services.GetRequiredService<EgressCounts>());
        return new GraphClient(
            new HttpClient(gate),
            new GraphOptions { BaseAddress = options.GraphBaseAddress, Version = options.GraphVersion, Timeout = options.GraphTimeout },
            services.GetRequiredService<TimeProvider>());
    }
}

using Munshi.Database.Cluster;
using Munshi.Database.Manifest;
using Munshi.Database.WorkQueue;

namespace Munshi.Database;

/// <summary>The private cluster kept running, the gate, the work queue.</summary>
internal static class DatabaseCapability
{
    /// <param name="services">The server's.</param>
    /// <param name="lease">The server's share in the private cluster; null where somebody else keeps the cluster.</param>
    public static IServiceCollection AddDatabase(this IServiceCollection services, ClusterLease? lease)
    {
        if (lease is not null)
        {
            services.AddSingleton(lease);
            services.AddSingleton<ClusterWatch>();
            services.AddHostedService<ClusterKeeper>();
        }

        services.AddHostedService<GateKeeper>();
        services.AddSingleton<Wakeups>();
        services.AddHostedService(provider => provider.GetRequiredService<Wakeups>());
        services.AddSingleton<Precedence>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<JobWorker>());
        services.AddHostedService<ClockWatch>();
        return services;
    }
}

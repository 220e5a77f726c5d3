namespace Munshi.Database.Cluster;

/// <summary>Runs the watch over the private cluster for the life of the server.</summary>
internal sealed class ClusterKeeper(ClusterWatch watch) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => watch.RunAsync(stoppingToken);
}

using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

/// <summary>One cluster for the tests that only look at it.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private readonly ClusterBench _bench = new();

    internal ClusterLease Lease { get; private set; } = null!;

    internal ClusterBench Bench => _bench;

    public async ValueTask InitializeAsync() => Lease = await _bench.AcquireAsync();

    public async ValueTask DisposeAsync()
    {
        await Lease.DisposeAsync();
        await _bench.DisposeAsync();
    }
}

using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

/// <summary>Not a test of its own: what <see cref="SeparateUser"/> runs in its process.</summary>
public sealed class SeparateProcess
{
    [Fact(Explicit = true)]
    public async Task Hold_a_share_until_killed()
    {
        string? directory = Environment.GetEnvironmentVariable(SeparateUser.DirectoryVariable);
        Assert.SkipWhen(directory is null, "started by SeparateUser only");
        ManagedCluster cluster = new(
            directory, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ManagedCluster>.Instance);
        ClusterOutcome outcome = await cluster.AcquireAsync(TestContext.Current.CancellationToken);
        ClusterLease lease = Assert.IsType<ClusterOutcome.Ready>(outcome).Lease;
        await ClusterBench.AskAsync(lease.Location, "CREATE TABLE by_separate_user AS SELECT 1 AS n");
        await File.WriteAllTextAsync(SeparateUser.ReadyFile(directory), "", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await lease.DisposeAsync();
    }
}

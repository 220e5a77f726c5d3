using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

/// <summary>Explicit: run by <see cref="OrdinaryUserTests"/>.</summary>
public sealed class AsOrdinaryUser
{
    [Fact(Explicit = true)]
    public async Task Cluster_is_made_kept_and_stopped()
    {
        await using ClusterBench bench = new();
        await using (ClusterLease first = await bench.AcquireAsync())
        {
            Assert.Equal("on", await ClusterBench.AskAsync(first.Location, "SHOW is_superuser"));
            Assert.StartsWith($"/tmp/munshi-{NativeFile.EffectiveUser}-", first.Location.SocketDirectory, StringComparison.Ordinal);
            await ClusterBench.AskAsync(first.Location, "CREATE TABLE kept AS SELECT 42 AS answer");
            Assert.Equal(0b111_000_000, (int)NativeFile.Status(bench.DataDirectory, follow: false)!.Value.Mode);
            Assert.Equal("0700", await ClusterBench.AskAsync(first.Location, "SHOW unix_socket_permissions"));
        }

        Assert.Null(bench.Postmaster());
        await using ClusterLease second = await bench.AcquireAsync();
        Assert.Equal("42", await ClusterBench.AskAsync(second.Location, "SELECT answer FROM kept"));
    }

    [Fact(Explicit = true)]
    public async Task A_killed_server_is_started_again()
    {
        await using ClusterBench bench = new();
        await using ClusterLease lease = await bench.AcquireAsync();
        bench.KillPostmaster();
        await lease.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.IsType<ClusterHealth.Restarted>(await lease.EnsureRunningAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Explicit = true)]
    public async Task Directory_that_is_not_writable_is_refused()
    {
        ManagedCluster cluster = new(
            "/etc/munshi-data", TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<ManagedCluster>.Instance);

        ClusterOutcome outcome = await cluster.AcquireAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ClusterRefusal.NotWritable, Assert.IsType<ClusterOutcome.Refused>(outcome).Reason);
    }

    [Fact(Explicit = true)]
    public async Task Link_to_a_directory_of_root_is_not_taken_for_a_cluster()
    {
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.DataDirectory);
        File.CreateSymbolicLink(bench.ClusterDirectory, "/usr/share"); // root's, and readable

        ClusterOutcome.Refused refused = await bench.RefusalAsync();

        Assert.Equal(ClusterRefusal.NotACluster, refused.Reason);
        File.Delete(bench.ClusterDirectory);
    }
}

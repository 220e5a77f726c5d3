using Munshi.Database.Cluster;
using Npgsql;

namespace Munshi.Tests.Database.Cluster;

public sealed class ClusterRecoveryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_server_is_started_again_with_every_committed_row()
    {
        await using ClusterBench bench = new();
        await using ClusterLease lease = await bench.AcquireAsync();
        await ClusterBench.AskAsync(lease.Location, "CREATE TABLE row (n int)");
        await using NpgsqlConnection busy = await ClusterBench.ConnectAsync(lease.Location); // a child that outlives its parent
        await ClusterBench.AskAsync(lease.Location, "INSERT INTO row SELECT generate_series(1, 1000)");

        bench.KillPostmaster();
        await lease.WaitForExitAsync(Cancellation);
        ClusterHealth health = await lease.EnsureRunningAsync(Cancellation);

        Assert.IsType<ClusterHealth.Restarted>(health);
        Assert.Equal("1000", await ClusterBench.AskAsync(lease.Location, "SELECT count(*) FROM row"));
        Assert.IsType<ClusterHealth.Running>(await lease.EnsureRunningAsync(Cancellation));
    }

    [Fact]
    public async Task A_server_killed_with_its_user_is_recovered_by_the_next_user()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        await using (SeparateUser user = await SeparateUser.StartAsync(bench))
        {
            bench.KillPostmaster();
            user.Kill();
        }

        await using ClusterLease lease = await bench.AcquireAsync();

        Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT n FROM by_separate_user"));
    }

    [Fact]
    public async Task A_server_left_by_a_killed_user_is_adopted_and_stopped_by_the_adopter()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        int server;
        await using (SeparateUser user = await SeparateUser.StartAsync(bench))
        {
            server = bench.Postmaster()!.ProcessId;
            user.Kill();
        }

        await using (ClusterLease lease = await bench.AcquireAsync())
        {
            Assert.Equal(server, bench.Postmaster()!.ProcessId);
        }

        Assert.Null(bench.Postmaster());
    }

    [Fact]
    public async Task Leaving_beside_another_process_leaves_the_server_to_it()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        await using SeparateUser user = await SeparateUser.StartAsync(bench);
        int server = bench.Postmaster()!.ProcessId;

        await (await bench.AcquireAsync()).DisposeAsync();

        Assert.Equal(server, bench.Postmaster()!.ProcessId);
    }
}

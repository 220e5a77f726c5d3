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

    [Fact]
    public async Task A_recovery_longer_than_the_deadline_goes_on_and_the_next_user_waits_for_it()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        await MakeStartSlowAsync(bench);
        ServerStart start = await StartOfAsync(bench);
        Assert.Null(await start.ConfigureAsync(Cancellation));

        StartAttempt attempt = await start.StartAsync(TimeSpan.FromSeconds(1), Cancellation);

        Assert.Equal(ClusterRefusal.StillRecovering, Assert.IsType<StartAttempt.Failed>(attempt).Refusal.Reason);
        int server = bench.Postmaster()!.ProcessId;
        await using ClusterLease lease = await bench.AcquireAsync();
        Assert.Equal(server, bench.Postmaster()!.ProcessId);
        Assert.Equal("f", await ClusterBench.AskAsync(lease.Location, "SELECT left(pg_is_in_recovery()::text, 1)"));
    }

    [Fact]
    public async Task A_start_given_up_leaves_no_server_behind()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        await MakeStartSlowAsync(bench);
        using CancellationTokenSource impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<ClusterOutcome> acquisition = bench.Cluster().AcquireAsync(impatience.Token);
        await ClusterBench.UntilAsync(() => bench.Postmaster() is not null);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquisition);
        Assert.Null(bench.Postmaster());
    }

    /// <summary>Archive recovery from an archive that takes a second to say that it has nothing.</summary>
    private static async Task MakeStartSlowAsync(ClusterBench bench)
    {
        string main = Path.Combine(bench.ClusterDirectory, "postgresql.conf");
        await File.AppendAllTextAsync(main, "hot_standby = off\nrestore_command = 'sleep 1; false'\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(bench.ClusterDirectory, "recovery.signal"), "", Cancellation);
    }

    private static async Task<ServerStart> StartOfAsync(ClusterBench bench)
    {
        string id = (await File.ReadAllTextAsync(Path.Combine(bench.DataDirectory, "instance-id"), Cancellation)).Trim();
        ClusterHome home = new(bench.DataDirectory, id, bench.ClusterDirectory, LinkMissing: false);
        SocketDirectory socket = new(ClusterBench.Account, id, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        return new ServerStart(home, await ClusterBench.ProgramsAsync(), ClusterBench.Account, ClusterBench.Command, socket);
    }
}

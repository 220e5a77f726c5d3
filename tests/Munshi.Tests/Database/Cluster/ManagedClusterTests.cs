using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database.Cluster;

namespace Munshi.Tests.Database.Cluster;

public sealed class ManagedClusterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_start_keeps_the_data_and_the_last_user_stops_the_server()
    {
        await using ClusterBench bench = new();

        await using (ClusterLease first = await bench.AcquireAsync())
        {
            Assert.True(first.Created);
            await ClusterBench.AskAsync(first.Location, "CREATE TABLE kept AS SELECT 42 AS answer");
        }

        Assert.Null(bench.Postmaster());
        await using ClusterLease second = await bench.AcquireAsync();
        Assert.False(second.Created);
        Assert.Equal("42", await ClusterBench.AskAsync(second.Location, "SELECT answer FROM kept"));
        Assert.False(await WasUncleanAsync(bench));
    }

    [Fact]
    public async Task Two_users_share_one_server_until_the_last_leaves()
    {
        await using ClusterBench bench = new();
        ClusterLease first = await bench.AcquireAsync();
        int server = bench.Postmaster()!.ProcessId;

        ClusterLease second = await bench.AcquireAsync();
        Assert.Equal(server, bench.Postmaster()!.ProcessId);
        Assert.False(second.Created);

        await first.DisposeAsync();
        Assert.Equal(server, bench.Postmaster()!.ProcessId);
        Assert.Equal("1", await ClusterBench.AskAsync(second.Location, "SELECT 1"));

        await second.DisposeAsync();
        await second.DisposeAsync();
        Assert.Null(bench.Postmaster());
    }

    [Fact]
    public async Task Users_coming_and_going_at_once_never_lose_the_server()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (int round = 0; round < 3; round++)
            {
                await using ClusterLease lease = await bench.AcquireAsync();
                Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT 1"));
            }
        }));

        Assert.Null(bench.Postmaster());
    }

    [Fact]
    public async Task Leftover_of_a_killed_creation_is_not_taken_for_a_cluster()
    {
        await using ClusterBench bench = new();
        string half = Path.Combine(bench.DataDirectory, "pg.new-0badcafe");
        Directory.CreateDirectory(Path.Combine(half, "base"));
        await File.WriteAllTextAsync(Path.Combine(half, "PG_VERSION"), "15\n", Cancellation);

        await using ClusterLease lease = await bench.AcquireAsync();

        Assert.True(lease.Created);
        Assert.Empty(Directory.GetDirectories(bench.DataDirectory, "pg.new-*"));
        Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT 1"));
    }

    [Fact]
    public async Task Cancelled_creation_leaves_nothing_behind()
    {
        await using ClusterBench bench = new();
        using CancellationTokenSource impatience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<ClusterOutcome> creation = bench.Cluster().AcquireAsync(impatience.Token);
        await ClusterBench.UntilAsync(
            () => Directory.Exists(bench.DataDirectory) && Directory.GetDirectories(bench.DataDirectory, "pg.new-*").Length > 0);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation);
        Assert.False(Directory.Exists(bench.ClusterDirectory));
        await bench.CreateAsync();
    }

    [Fact]
    public async Task Missing_socket_directory_is_made_again_at_the_next_start()
    {
        await using ClusterBench bench = new();
        ClusterLease first = await bench.AcquireAsync();
        string sockets = first.Location.SocketDirectory;
        await first.DisposeAsync();
        Assert.False(Directory.Exists(sockets)); // nor after a reboot

        await using ClusterLease second = await bench.AcquireAsync();

        Assert.Equal("1", await ClusterBench.AskAsync(second.Location, "SELECT 1"));
    }

    [Fact]
    public async Task Cluster_under_a_closed_directory_becomes_a_link()
    {
        Assert.SkipUnless(Environment.UserName == "root", "only root runs PostgreSQL as another user");
        await using ClusterBench bench = new();
        Directory.CreateDirectory(bench.DataDirectory);
        NativeFile.SetMode(bench.DataDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        await using ClusterLease lease = await bench.AcquireAsync();

        string id = (await File.ReadAllTextAsync(Path.Combine(bench.DataDirectory, "instance-id"), Cancellation)).Trim();
        Assert.Equal($"/var/lib/munshi/{id}", new FileInfo(bench.ClusterDirectory).LinkTarget);
        Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT 1"));
        Assert.Equal($"/var/lib/munshi/{id}-log", await ClusterBench.AskAsync(lease.Location, "SHOW log_directory"));
    }

    [Fact]
    public async Task Own_settings_in_postgresql_conf_survive_and_the_include_is_brought_back()
    {
        await using ClusterBench bench = new();
        await bench.CreateAsync();
        string main = Path.Combine(bench.ClusterDirectory, "postgresql.conf");
        await File.WriteAllTextAsync(main, "work_mem = '7MB'\nlisten_addresses = '127.0.0.1'\n", Cancellation);

        await using ClusterLease lease = await bench.AcquireAsync();

        Assert.Equal("7MB", await ClusterBench.AskAsync(lease.Location, "SHOW work_mem"));
        Assert.Equal("", await ClusterBench.AskAsync(lease.Location, "SHOW listen_addresses"));
    }

    [Fact]
    public void Instance_id_is_made_once_and_readable_by_all()
    {
        string directory = Directory.CreateTempSubdirectory("mc-").FullName;
        string? made = InstanceId.ReadOrCreate(directory);

        Assert.Matches("^[0-9a-f]{32}$", made);
        Assert.Equal(made, InstanceId.ReadOrCreate(directory));
        Assert.Equal(0b110_100_100, (int)NativeFile.Status(Path.Combine(directory, "instance-id"), follow: false)!.Value.Mode);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Watch_starts_the_server_again()
    {
        await using ClusterBench bench = new();
        await using ClusterLease lease = await bench.AcquireAsync();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task watching = new ClusterWatch(lease, TimeProvider.System, NullLogger<ClusterWatch>.Instance).RunAsync(stop.Token);
        int before = bench.Postmaster()!.ProcessId;
        Task ended = lease.WaitForExitAsync(Cancellation);

        bench.KillPostmaster();

        await ended.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        await ClusterBench.UntilAsync(() => bench.Postmaster() is { Phase: PostmasterPhase.Ready } now && now.ProcessId != before);
        Assert.Equal("1", await ClusterBench.AskAsync(lease.Location, "SELECT 1"));
        await stop.CancelAsync();
        await watching;
    }

    private static async Task<bool> WasUncleanAsync(ClusterBench bench)
    {
        string directory = Path.Combine(bench.DataDirectory, "log", "postgresql");
        string newest = Directory.GetFiles(directory, "postgresql-*.log").Order(StringComparer.Ordinal).Last();
        string text = await File.ReadAllTextAsync(newest, Cancellation);
        return text.Contains("not properly shut down", StringComparison.Ordinal);
    }
}

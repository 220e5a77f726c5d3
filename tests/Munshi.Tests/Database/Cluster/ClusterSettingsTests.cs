using System.Globalization;
using Munshi.Database.Cluster;
using Npgsql;

namespace Munshi.Tests.Database.Cluster;

public sealed class ClusterSettingsTests(RunningCluster running) : IClassFixture<RunningCluster>
{
    private static readonly string[] TcpTables = ["/proc/net/tcp", "/proc/net/tcp6"];

    [Theory]
    [InlineData("data_checksums", "on")]
    [InlineData("listen_addresses", "")]
    [InlineData("fsync", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("wal_level", "replica")]
    [InlineData("wal_compression", "zstd")]
    [InlineData("max_wal_senders", "6")]
    [InlineData("max_replication_slots", "6")]
    [InlineData("max_wal_size", "4GB")]
    [InlineData("max_prepared_transactions", "0")]
    [InlineData("max_connections", "200")]
    [InlineData("max_parallel_workers_per_gather", "0")]
    [InlineData("jit", "off")]
    [InlineData("idle_in_transaction_session_timeout", "5s")]
    [InlineData("password_encryption", "scram-sha-256")]
    [InlineData("autovacuum", "on")]
    [InlineData("TimeZone", "UTC")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("lc_ctype", "C.UTF-8")]
    [InlineData("logging_collector", "on")]
    [InlineData("log_error_verbosity", "terse")]
    [InlineData("log_statement", "none")]
    [InlineData("log_min_error_statement", "panic")]
    [InlineData("log_min_duration_statement", "-1")]
    [InlineData("log_parameter_max_length", "0")]
    [InlineData("log_parameter_max_length_on_error", "0")]
    [InlineData("log_rotation_size", "10MB")]
    [InlineData("log_rotation_age", "1d")]
    public async Task Setting_is_in_force(string name, string value) =>
        Assert.Equal(value, await ClusterBench.AskAsync(running.Lease.Location, $"SHOW {name}"));

    [Fact]
    public async Task Shared_buffers_are_a_quarter_of_the_memory_within_bounds()
    {
        string blocks = await ClusterBench.AskAsync(
            running.Lease.Location, "SELECT setting FROM pg_settings WHERE name = 'shared_buffers'");

        long megabytes = long.Parse(blocks, CultureInfo.InvariantCulture) * 8 / 1024; // blocks of 8 kB
        Assert.InRange(megabytes, 128, 8192);
    }

    [Theory]
    [InlineData(256L << 20, 128)]
    [InlineData(2L << 30, 512)]
    [InlineData(8L << 30, 2048)]
    [InlineData(64L << 30, 8192)]
    public void Shared_buffers_follow_the_memory(long memoryBytes, long megabytes) =>
        Assert.Equal(megabytes, ServerSettings.SharedBuffersMegabytes(memoryBytes));

    [Fact]
    public void No_tcp_socket_is_open()
    {
        string[] sockets = [.. Directory.GetFileSystemEntries($"/proc/{running.Bench.Postmaster()!.ProcessId}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1])];
        string[] tcp = [.. TcpTables
            .Where(File.Exists)
            .SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(9) ?? "")];

        Assert.NotEmpty(sockets);
        Assert.Empty(sockets.Intersect(tcp));
    }

    [Fact]
    public void Server_runs_unprivileged_in_a_session_of_its_own()
    {
        int id = running.Bench.Postmaster()!.ProcessId;
        string statistics = File.ReadAllText($"/proc/{id}/stat");
        string session = statistics[(statistics.LastIndexOf(')') + 2)..].Split(' ')[3]; // proc(5): field 6

        Assert.Equal($"{id}", session);
        Assert.Equal(ClusterBench.Account.UserId, NativeFile.Status($"/proc/{id}", follow: true)!.Value.UserId);
        Assert.NotEqual(0u, ClusterBench.Account.UserId);
    }

    [Fact]
    public void Cluster_and_log_directories_are_closed_to_others()
    {
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

        Assert.Equal(OwnerOnly, NativeFile.Status(running.Bench.ClusterDirectory, follow: false)!.Value.Mode);
        string log = Path.Combine(running.Bench.DataDirectory, "log", "postgresql");
        Assert.Equal(OwnerOnly, NativeFile.Status(log, follow: false)!.Value.Mode);
        Assert.NotEmpty(Directory.GetFiles(log, "postgresql-*.log"));
        Assert.False(Directory.Exists(Path.Combine(running.Bench.ClusterDirectory, "log")));
    }

    [Fact]
    public async Task Service_user_connects_as_superuser_without_a_password() =>
        Assert.Equal("on", await ClusterBench.AskAsync(running.Lease.Location, "SHOW is_superuser"));

    [Fact]
    public async Task Other_roles_need_their_password()
    {
        await ClusterBench.AskAsync(running.Lease.Location, "CREATE ROLE clerk LOGIN PASSWORD 'right'");

        await using (NpgsqlConnection connection = await ClusterBench.ConnectAsync(running.Lease.Location, "clerk", "right"))
        {
            Assert.Equal("clerk", connection.UserName);
        }

        PostgresException wrong = await Assert.ThrowsAsync<PostgresException>(
            () => ClusterBench.ConnectAsync(running.Lease.Location, "clerk", "wrong"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, wrong.SqlState);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ClusterBench.ConnectAsync(running.Lease.Location, "clerk"));
    }

    [Fact]
    public async Task Replication_is_rejected()
    {
        string programs = (await ClusterBench.ProgramsAsync()).Directory;

        CommandResult result = await ClusterBench.Command.RunAsync(
            Path.Combine(programs, "pg_receivewal"),
            ["-w", "-h", running.Lease.Location.SocketDirectory, "-p", $"{running.Lease.Location.Port}", "-U", "clerk2",
                "--no-loop", "-D", "/tmp"],
            TestContext.Current.CancellationToken);

        Assert.Contains("pg_hba.conf rejects replication connection", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_statement_leaves_no_value_in_the_log()
    {
        const string Canary = "canary7f3a";
        await using (NpgsqlConnection connection = await ClusterBench.ConnectAsync(running.Lease.Location))
        await using (NpgsqlCommand command = new(
            "CREATE TEMP TABLE t (v text PRIMARY KEY); INSERT INTO t VALUES ('canary7f3a'), ('canary7f3a')", connection))
        {
            await Assert.ThrowsAsync<PostgresException>(
                () => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }

        string directory = Path.Combine(running.Bench.DataDirectory, "log", "postgresql");
        string Logged() => new ServerLog(directory).Since(new Dictionary<string, long>());
        await ClusterBench.UntilAsync(() => Logged().Contains("duplicate key value", StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, Logged(), StringComparison.Ordinal);
    }
}

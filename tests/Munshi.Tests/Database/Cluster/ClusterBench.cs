using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Database.Cluster;
using Npgsql;

namespace Munshi.Tests.Database.Cluster;

/// <summary>A data directory on a short path, with everything of its cluster removed at the end.</summary>
internal sealed class ClusterBench : IAsyncDisposable
{
    private readonly string _root;

    public ClusterBench(string? root = null)
    {
        _root = root ?? Directory.CreateTempSubdirectory("mc-").FullName;
        if (OperatingSystem.IsLinux() && root is null)
        {
            File.SetUnixFileMode(_root, (UnixFileMode)0b111_101_101);
        }

        DataDirectory = Path.Combine(_root, "data");
    }

    public string DataDirectory { get; }

    public string ClusterDirectory => Path.Combine(DataDirectory, "pg");

    public static ServerAccount Account => ServerAccount.Find() ?? throw new InvalidOperationException("no user postgres");

    public static ServerCommand Command =>
        ServerCommand.For(Account) ?? throw new InvalidOperationException("no setsid or setpriv");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServerPrograms> ProgramsAsync() =>
        (await ServerProgramSearch.OfThisMachine().FindAsync(Cancellation))[0];

    public ManagedCluster Cluster(ServerProgramSearch? programs = null) => new(
        DataDirectory, TimeProvider.System, NullLogger<ManagedCluster>.Instance, programs ?? ServerProgramSearch.OfThisMachine());

    public async Task<ClusterLease> AcquireAsync() => await Cluster().AcquireAsync(Cancellation) switch
    {
        ClusterOutcome.Ready ready => ready.Lease,
        ClusterOutcome.Refused refused => throw new InvalidOperationException(refused.Sentence),
        _ => throw new UnreachableException(),
    };

    public async Task<ClusterOutcome.Refused> RefusalAsync(ServerProgramSearch? programs = null)
    {
        ClusterOutcome outcome = await Cluster(programs).AcquireAsync(Cancellation);
        if (outcome is ClusterOutcome.Ready ready)
        {
            await ready.Lease.DisposeAsync();
        }

        return Assert.IsType<ClusterOutcome.Refused>(outcome);
    }

    /// <summary>Creates the cluster, hands it back stopped.</summary>
    public async Task CreateAsync() => await (await AcquireAsync()).DisposeAsync();

    public Postmaster? Postmaster() => Munshi.Database.Cluster.Postmaster.Find(ClusterDirectory);

    public void KillPostmaster()
    {
        using Process process = Process.GetProcessById(Postmaster()!.ProcessId);
        process.Kill();
    }

    public static async Task<NpgsqlConnection> ConnectAsync(
        ClusterLocation location, string user = "postgres", string? password = null)
    {
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = location.SocketDirectory,
            Port = location.Port,
            Username = user,
            Password = password,
            Database = "postgres",
            Pooling = false,
        };
        NpgsqlConnection connection = new(builder.ConnectionString);
        await connection.OpenAsync(Cancellation);
        return connection;
    }

    public static async Task<string> AskAsync(ClusterLocation location, string statement)
    {
        await using NpgsqlConnection connection = await ConnectAsync(location);
        await using NpgsqlCommand command = new() { Connection = connection };
#pragma warning disable CA2100 // the statements are the tests' own
        command.CommandText = statement;
#pragma warning restore CA2100
        return $"{await command.ExecuteScalarAsync(Cancellation)}";
    }

    /// <summary>Waits for what another process is about to do; the test fails after 30 s.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "the condition did not come true in 30 s");
            await Task.Delay(20, Cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(ClusterDirectory) && Postmaster() is not null)
        {
            string control = (await ServerProgramSearch.OfThisMachine().FindAsync(CancellationToken.None))[0].Control;
            string directory = new DirectoryInfo(ClusterDirectory).ResolveLinkTarget(true)?.FullName ?? ClusterDirectory;
            await Command.RunAsync(control, ["stop", "-D", directory, "-m", "immediate", "-w"], CancellationToken.None);
        }

        string idFile = Path.Combine(DataDirectory, "instance-id");
        if (File.Exists(idFile))
        {
            string id = (await File.ReadAllTextAsync(idFile, CancellationToken.None)).Trim();
            string runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/run";
            string[] outside =
            [
                $"/run/munshi-{id[..12]}", $"{runtime}/munshi-{id[..12]}", $"/tmp/munshi-{Account.UserId}-{id[..12]}",
                Path.Combine(ClusterHome.LinkedRoot, id), Path.Combine(ClusterHome.LinkedRoot, id + "-log"),
            ];
            string owner = LinkedClusterOwner.FileOf(Path.Combine(ClusterHome.LinkedRoot, id));
            if (File.Exists(owner))
            {
                File.Delete(owner);
            }

            foreach (string directory in outside.Where(Directory.Exists))
            {
                Directory.Delete(directory, recursive: true);
            }
        }

        if (Path.GetFileName(_root).StartsWith("mc-", StringComparison.Ordinal))
        {
            Directory.Delete(_root, recursive: true);
        }
    }
}

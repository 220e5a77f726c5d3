using System.Globalization;

namespace Munshi.Database.Cluster;

/// <summary>Configures and starts the server.</summary>
internal sealed class ServerStart(
    ClusterHome home, ServerPrograms programs, ServerAccount account, ServerCommand command, SocketDirectory socket)
{
    private const string TimedOut = "server did not start in time";

    /// <summary>The best first; PostgreSQL can be built without either of the first two.</summary>
    private static readonly string[] WalCompressions = ["zstd", "lz4", "pglz"];

    private readonly ServerFile _files = new(account);
    private readonly ServerFileAccess _access = new(command);

    /// <summary>Where the server logs; known after the first attempt, before it the preferred place.</summary>
    public ServerLog Log { get; private set; } = new(home.PreferredLogDirectory);

    /// <summary>One attempt, under the start lock, while no server of ours runs.</summary>
    public async Task<StartAttempt> AttemptAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        if (DiskSpace.IsShort(home.ClusterDirectory))
        {
            return new StartAttempt.Failed(DiskSpace.Refusal(home.ClusterDirectory));
        }

        if (socket.OtherThan(home.ClusterDirectory) is var (process, cluster))
        {
            return new StartAttempt.Failed(new(
                ClusterRefusal.BelongsToAnotherDirectory,
                $"Another installation with the same id runs in {cluster} (process {process}), and {home.ClusterDirectory} is a copy of it "
                + "or its original: only one of them can run at a time, so stop that one first."));
        }

        return await ConfigureAsync(cancellationToken) is ClusterOutcome.Refused refusal
            ? new StartAttempt.Failed(refusal)
            : await StartAsync(deadline, cancellationToken);
    }

    internal async Task<StartAttempt> StartAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long> mark = Log.Mark();
        File.Delete(Log.StartFile);
        string seconds = Math.Max(1, Math.Ceiling(deadline.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        CommandResult result = await command.RunAsync(
            programs.Control,
            ["start", "-D", home.ClusterDirectory, "-w", "-t", seconds, "-l", Log.StartFile],
            cancellationToken);
        return result.Succeeded ? new StartAttempt.Started() : Explain(result, Log.Since(mark));
    }

    internal async Task<ClusterOutcome.Refused?> ConfigureAsync(CancellationToken cancellationToken)
    {
        string directory = home.ClusterDirectory;
        if (!await _access.CanWriteAsync(directory, cancellationToken))
        {
            return new(
                ClusterRefusal.NotWritable,
                $"The user {account.Name}, as whom PostgreSQL runs, cannot reach {directory}: let it pass through the "
                + "directories above (chmod o+x), or move the data directory.");
        }

        if (socket.Prepare() is ClusterOutcome.Refused refusal)
        {
            return refusal;
        }

        string logDirectory = await MakeLogDirectoryAsync(cancellationToken);
        Log = new ServerLog(logDirectory);
        Log.Prune();

        string compression = await WalCompressionAsync(cancellationToken);
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        _files.Replace(
            Path.Combine(directory, ServerSettings.FileName),
            ServerSettings.Settings(socket, logDirectory, compression, memory));
        _files.Replace(Path.Combine(directory, "pg_hba.conf"), ServerSettings.HostAccess);
        _files.Replace(Path.Combine(directory, "pg_ident.conf"), ServerSettings.IdentityMap(Environment.UserName));

        string main = Path.Combine(directory, "postgresql.conf");
        string[] lines = File.Exists(main) ? await File.ReadAllLinesAsync(main, cancellationToken) : [];
        if (!lines.Contains(ServerSettings.Include))
        {
            _files.Replace(main, string.Join('\n', [.. lines, "", ServerSettings.Include, ""]));
        }

        return null;
    }

    private async Task<string> MakeLogDirectoryAsync(CancellationToken cancellationToken)
    {
        string preferred = home.PreferredLogDirectory;
        string parent = Path.GetDirectoryName(preferred)!;
        DataDirectoryPath.Make(parent, account);
        if (await _access.CanEnterAsync(parent, cancellationToken))
        {
            _files.MakeDirectory(preferred);
            if (await _access.CanWriteAsync(preferred, cancellationToken))
            {
                return preferred;
            }
        }

        _files.MakeDirectory(home.FallbackLogDirectory);
        return home.FallbackLogDirectory;
    }

    private async Task<string> WalCompressionAsync(CancellationToken cancellationToken)
    {
        foreach (string method in WalCompressions[..^1])
        {
            CommandResult answer = await command.RunAsync(
                programs.Postgres,
                ["-D", home.ClusterDirectory, "-C", "wal_compression", "-c", $"wal_compression={method}", "-c", "config_file=/dev/null"],
                cancellationToken);
            if (answer.Succeeded)
            {
                return method;
            }
        }

        return WalCompressions[^1];
    }

    private StartAttempt Explain(CommandResult result, string log)
    {
        string directory = home.ClusterDirectory;
        if (DiskSpace.IsNamedIn(log) || DiskSpace.IsShort(directory))
        {
            return new StartAttempt.Failed(DiskSpace.Refusal(directory)); // a log on the full disk may be empty
        }

        if ((result.Output + result.Errors).Contains(TimedOut, StringComparison.Ordinal)
            && Postmaster.Find(directory) is not null)
        {
            return new StartAttempt.Failed(StillRecovering(directory));
        }

        if (log.Contains("lock file \"postmaster.pid\" already exists", StringComparison.Ordinal)
            && Postmaster.FindStranger(directory) is int stranger)
        {
            return new StartAttempt.Failed(new(
                ClusterRefusal.HeldByAnother,
                $"{directory}/postmaster.pid was left by an earlier server whose process number {stranger} now belongs to another "
                + "program, so PostgreSQL will not start: end that program or remove the file, then start Munshi again."));
        }

        string reason = FailureText.Of(log + result.Errors);
        bool hindered =
            log.Contains("pre-existing shared memory block", StringComparison.Ordinal)
            || (log.Contains("lock file \"", StringComparison.Ordinal) && log.Contains("already exists", StringComparison.Ordinal));
        return hindered
            ? new StartAttempt.Hindered(new(
                ClusterRefusal.HeldByAnother, $"Another process uses the database in {directory}: {reason}"))
            : new StartAttempt.Failed(new(
                ClusterRefusal.StartFailed, $"PostgreSQL could not start the database in {directory}: {reason}"));
    }

    public static ClusterOutcome.Refused StillRecovering(string clusterDirectory) => new(
        ClusterRefusal.StillRecovering,
        $"PostgreSQL is still recovering the database in {clusterDirectory} and goes on in the background: "
        + "start Munshi again in a moment.");
}

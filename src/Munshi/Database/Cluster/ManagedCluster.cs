namespace Munshi.Database.Cluster;

/// <summary>Munshi's own private PostgreSQL cluster, <c>pg</c> in the data directory. Thread safe, also between processes.</summary>
internal sealed partial class ManagedCluster
{
    private readonly string _dataDirectory;
    private readonly TimeProvider _clock;
    private readonly ILogger<ManagedCluster> _logger;
    private readonly ServerProgramSearch _programs;

    public ManagedCluster(string dataDirectory, TimeProvider clock, ILogger<ManagedCluster> logger)
        : this(dataDirectory, clock, logger, ServerProgramSearch.OfThisMachine())
    {
    }

    internal ManagedCluster(
        string dataDirectory, TimeProvider clock, ILogger<ManagedCluster> logger, ServerProgramSearch programs)
    {
        _dataDirectory = Path.GetFullPath(dataDirectory);
        _clock = clock;
        _logger = logger;
        _programs = programs;
    }

    /// <summary>Makes the cluster if there is none, starts it if it is not running (also after <c>kill -9</c>), and takes a share in it.</summary>
    /// <param name="cancellationToken">A start given up is stopped again, unless others use the cluster.</param>
    public async Task<ClusterOutcome> AcquireAsync(CancellationToken cancellationToken)
    {
        if (ServerAccount.Find() is not ServerAccount account)
        {
            return new ClusterOutcome.Refused(
                ClusterRefusal.NoServerPrograms,
                "There is no operating-system user postgres to run PostgreSQL as: install it with apt-get install postgresql.");
        }

        if (ServerCommand.For(account) is not ServerCommand command)
        {
            return new ClusterOutcome.Refused(
                ClusterRefusal.NoServerPrograms,
                "The programs setsid and setpriv, which start PostgreSQL, are missing: install them with apt-get install util-linux.");
        }

        try
        {
            if (DataDirectoryPath.Prepare(_dataDirectory, account) is ClusterOutcome.Refused unusable)
            {
                return unusable;
            }

            using FileLock? start = await FileLock.ExclusiveAsync(
                ClusterHome.StartLockIn(_dataDirectory), ClusterLease.LockDeadline, _clock, cancellationToken);
            return start is null ? Busy() : await AcquireLockedAsync(account, command, cancellationToken);
        }
        catch (Exception exception) when (FileFailure.IsExpected(exception))
        {
            return FileFailure.Refusal(_dataDirectory, exception);
        }
    }

    internal static ClusterOutcome.Refused Busy() => new(
        ClusterRefusal.Busy,
        "Another Munshi process has been starting or stopping the database for more than two minutes: try again, or end that process.");

    private async Task<ClusterOutcome> AcquireLockedAsync(
        ServerAccount account, ServerCommand command, CancellationToken cancellationToken)
    {
        if (InstanceId.ReadOrCreate(_dataDirectory) is not string id)
        {
            return new ClusterOutcome.Refused(
                ClusterRefusal.DataDirectoryUnusable,
                $"{_dataDirectory}/instance-id does not hold 32 hexadecimal digits: restore it from a backup.");
        }

        (ClusterHome? home, ClusterOutcome.Refused? refusal) =
            await new ClusterSearch(account, new ServerFileAccess(command)).FindAsync(_dataDirectory, id, cancellationToken);
        if (home is null)
        {
            return refusal!;
        }

        if (home.IsLinked && LinkedClusterOwner.OtherThan(_dataDirectory, home.ClusterDirectory) is string owner)
        {
            return new ClusterOutcome.Refused(
                ClusterRefusal.BelongsToAnotherDirectory,
                $"The database in {home.ClusterDirectory} belongs to {owner}, of which {_dataDirectory} is a copy: use {owner}.");
        }

        (ServerPrograms? programs, refusal) =
            ClusterVersion.Choose(home.ClusterDirectory, await _programs.FindAsync(cancellationToken));
        if (programs is null)
        {
            return refusal!;
        }

        SocketDirectory socket = new(account, id, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR"));
        ServerStart start = new(home, programs, account, command, socket);
        ClusterServer server = new(home, programs, command, socket, start, _clock, _logger);
        bool isNew = !File.Exists(ClusterVersion.FileIn(home.ClusterDirectory));
        if (isNew)
        {
            ClusterCreation creation = new(account, command, new ServerFile(account));
            refusal = DiskSpace.IsShort(home.ClusterDirectory)
                ? DiskSpace.Refusal(home.ClusterDirectory)
                : await creation.CreateAsync(home, programs, cancellationToken);
            if (refusal is not null)
            {
                return refusal;
            }

            Log.Created(_logger, programs.MajorVersion);
        }

        if (home.IsLinked && account.IsSwitched)
        {
            LinkedClusterOwner.Claim(_dataDirectory, home.ClusterDirectory);
        }

        home.Link();
        return await ShareAsync(server, isNew, cancellationToken);
    }

    private async Task<ClusterOutcome> ShareAsync(ClusterServer server, bool isNew, CancellationToken cancellationToken)
    {
        if (ClusterShare.Take(_dataDirectory) is not ClusterShare share)
        {
            return Busy();
        }

        ClusterOutcome.Refused? refusal = null;
        bool shared = false;
        try
        {
            refusal = await server.EnsureRunningAsync(cancellationToken);
            shared = refusal is null;
            return refusal is null
                ? new ClusterOutcome.Ready(new ClusterLease(_dataDirectory, server, share, isNew, _clock))
                : refusal;
        }
        finally
        {
            if (refusal is { Reason: ClusterRefusal.StillRecovering })
            {
                share.Abandon(); // stopping it would only prolong the recovery
            }
            else if (!shared)
            {
                await share.LeaveAsync(server);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(5100, LogLevel.Information, "Created a private PostgreSQL {MajorVersion} cluster")]
        public static partial void Created(ILogger logger, int majorVersion);
    }
}

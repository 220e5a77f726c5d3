namespace Munshi.Database.Cluster;

/// <summary>A user's share in the running cluster. Thread safe.</summary>
internal sealed class ClusterLease : IAsyncDisposable
{
    /// <summary>Longer than one start and one stop by others.</summary>
    internal static readonly TimeSpan LockDeadline = TimeSpan.FromSeconds(150);

    /// <summary>How often a look at the process is taken while waiting for its end.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly string _dataDirectory;
    private readonly ClusterServer _server;
    private readonly ClusterShare _share;
    private readonly TimeProvider _clock;
    private int _disposed;

    internal ClusterLease(string dataDirectory, ClusterServer server, ClusterShare share, bool created, TimeProvider clock)
    {
        _dataDirectory = dataDirectory;
        _server = server;
        _share = share;
        _clock = clock;
        Created = created;
    }

    /// <summary>May change when PostgreSQL is restarted after the session that kept its socket has ended.</summary>
    public ClusterLocation Location => _server.Location;

    /// <summary>The cluster was made by this acquisition and is empty.</summary>
    public bool Created { get; }

    /// <summary>Takes one look, cheap enough for four a second, and starts PostgreSQL again if its process has ended.</summary>
    public async Task<ClusterHealth> EnsureRunningAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        if (_server.IsRunning)
        {
            return new ClusterHealth.Running();
        }

        try
        {
            using FileLock? start = await FileLock.ExclusiveAsync(
                ClusterHome.StartLockIn(_dataDirectory), LockDeadline, _clock, cancellationToken);
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            ClusterOutcome.Refused? refusal =
                start is null ? ManagedCluster.Busy() : await _server.EnsureRunningAsync(cancellationToken);
            return refusal is null
                ? new ClusterHealth.Restarted()
                : new ClusterHealth.Refused(refusal.Reason, refusal.Sentence);
        }
        catch (Exception exception) when (FileFailure.IsExpected(exception))
        {
            ClusterOutcome.Refused refusal = FileFailure.Refusal(_dataDirectory, exception);
            return new ClusterHealth.Refused(refusal.Reason, refusal.Sentence);
        }
    }

    /// <summary>Completes within <see cref="Interval"/> of the end of PostgreSQL's main process.</summary>
    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        while (_server.IsRunning)
        {
            await Task.Delay(Interval, _clock, cancellationToken);
        }
    }

    /// <summary>Removes old log files of PostgreSQL beyond <see cref="ServerLog.KeptFiles"/>.</summary>
    public void PruneLog() => _server.PruneLog();

    /// <summary>The last user stops the cluster and waits until it is down; any other leaves it running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        using FileLock? start = await FileLock.ExclusiveAsync(
            ClusterHome.StartLockIn(_dataDirectory), LockDeadline, _clock, CancellationToken.None);
        if (start is null)
        {
            _share.Abandon();
        }
        else
        {
            await _share.LeaveAsync(_server);
        }
    }
}

namespace Munshi.Database.Cluster;

/// <summary>One user's part in the cluster: a shared lock that the kernel takes back when the process ends.</summary>
/// <remarks>
/// Why no cluster is stopped under a user, and none is left without one:
/// a share is taken, the server started, the last share's leaving noticed and the server stopped only under the exclusive start lock,
/// so these never overlap. A leaver gives up its share, then tries the users' lock exclusively without waiting: it succeeds exactly
/// if nobody else is left, and nobody can come before the stop is done. A killed user's locks are released by the kernel: killed
/// beside others, the others are still counted; killed alone, it leaves the server running, and the next user adopts it and stops
/// it when leaving. A user killed while it starts or stops the server releases the start lock half-way: the next one waits for
/// PostgreSQL to become ready, or to be gone, and goes on from there.
/// </remarks>
internal sealed class ClusterShare
{
    private readonly string _lockPath;
    private readonly FileLock _share;

    private ClusterShare(string lockPath, FileLock share)
    {
        _lockPath = lockPath;
        _share = share;
    }

    /// <summary>Under the start lock; <see langword="null"/> when a stranger holds the lock file exclusively.</summary>
    public static ClusterShare? Take(string dataDirectory)
    {
        string path = ClusterHome.UsersLockIn(dataDirectory);
        return FileLock.TryShared(path) is FileLock share ? new ClusterShare(path, share) : null;
    }

    /// <summary>Under the start lock: gives up the share, and stops the server if it was the last.</summary>
    public async Task LeaveAsync(ClusterServer server)
    {
        _share.Dispose();
        using FileLock? last = FileLock.TryExclusive(_lockPath);
        if (last is not null)
        {
            await server.StopAsync();
        }
    }

    /// <summary>Without the start lock: gives up the share and leaves the server to the others, or to the next user.</summary>
    public void Abandon() => _share.Dispose();
}

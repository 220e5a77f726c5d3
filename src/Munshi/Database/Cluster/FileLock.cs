namespace Munshi.Database.Cluster;

/// <summary>An advisory <c>flock</c>; the kernel releases it when the process ends, however it ends.</summary>
/// <remarks>.NET maps a read with <see cref="FileShare.Read"/> to LOCK_SH and <see cref="FileShare.None"/> to LOCK_EX, and opens files close-on-exec, so no child inherits one.</remarks>
internal sealed class FileLock : IDisposable
{
    private const int WouldBlock = 11; // EWOULDBLOCK on Linux
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary><see langword="null"/> when someone else holds it exclusively.</summary>
    public static FileLock? TryShared(string path) => TryOpen(path, FileAccess.Read, FileShare.Read);

    /// <summary><see langword="null"/> when someone else holds it in any way.</summary>
    public static FileLock? TryExclusive(string path) => TryOpen(path, FileAccess.ReadWrite, FileShare.None);

    /// <summary>Waits for the lock; <see langword="null"/> after the deadline.</summary>
    public static async Task<FileLock?> ExclusiveAsync(
        string path, TimeSpan deadline, TimeProvider clock, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        while (true)
        {
            if (TryExclusive(path) is FileLock held)
            {
                return held;
            }

            if (clock.GetElapsedTime(began) > deadline)
            {
                return null;
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileLock? TryOpen(string path, FileAccess access, FileShare share)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, access, share));
        }
        catch (IOException exception) when (exception.HResult == WouldBlock)
        {
            return null;
        }
    }
}

namespace Munshi.Database.Cluster;

/// <summary>Recognises a full disk before, during and after an attempt.</summary>
internal static class DiskSpace
{
    /// <summary>A fresh cluster takes 39 MiB; recovery may need some log segments of 16 MiB.</summary>
    public const long NeededBytes = 64L * 1024 * 1024;

    private const long SpareBytes = 256 * 1000 * 1000;
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT

    /// <param name="path">Need not exist: its nearest existing parent counts.</param>
    public static bool IsShort(string path) => FreeBytes(path) < NeededBytes;

    public static bool Caused(IOException exception) => exception.HResult is NoSpace or QuotaExceeded;

    public static bool IsNamedIn(string text) =>
        text.Contains("No space left on device", StringComparison.Ordinal)
        || text.Contains("Disk quota exceeded", StringComparison.Ordinal);

    public static ClusterOutcome.Refused Refusal(string path) => new(
        ClusterRefusal.DiskFull,
        $"The disk that holds {path} is full ({FreeBytes(path) / (1024 * 1024)} MB free, at least "
        + $"{NeededBytes / (1024 * 1024)} MB needed): free some space and start again; nothing has been lost.");

    /// <summary>Whether so little is left that what comes in may soon not be kept: below 256 MB, or below 1 % of the disk.</summary>
    public static bool IsNearlyFull(string path)
    {
        DriveInfo disk = new(Existing(path));
        return IsNearlyFull(disk.AvailableFreeSpace, disk.TotalSize);
    }

    internal static bool IsNearlyFull(long freeBytes, long totalBytes) => freeBytes < SpareBytes || freeBytes < totalBytes / 100;

    private static long FreeBytes(string path) => new DriveInfo(Existing(path)).AvailableFreeSpace;

    private static string Existing(string path)
    {
        string existing = path;
        while (!Path.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }

        return existing;
    }
}

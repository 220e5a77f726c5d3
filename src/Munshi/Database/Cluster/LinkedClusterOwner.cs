using System.Text;

namespace Munshi.Database.Cluster;

/// <summary>Which data directory a cluster in <see cref="ClusterHome.LinkedRoot"/> belongs to, kept in <c>ID-home</c> beside it.</summary>
/// <remarks>
/// A copied data directory has the same id and the same link, so without this it would use, stop and remove the other's cluster. One that was
/// moved takes its cluster along: what is named then no longer leads to it.
/// </remarks>
internal static class LinkedClusterOwner
{
    private const UnixFileMode ReadableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static string FileOf(string cluster) => cluster + "-home";

    /// <summary>The other data directory whose cluster it is; null when it is this one's or may become it.</summary>
    public static string? OtherThan(string dataDirectory, string cluster)
    {
        string? owner = Read(cluster);
        return owner is null || IsSame(owner, dataDirectory) || !IsSame(ClusterHome.NameIn(owner), cluster) ? null : owner;
    }

    /// <summary>Under the start lock. Durable once it returns.</summary>
    public static void Claim(string dataDirectory, string cluster)
    {
        string directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(dataDirectory));
        if (Read(cluster) == directory)
        {
            return;
        }

        string path = FileOf(cluster);
        string fresh = path + ".new";
        File.Delete(fresh);
        using (FileStream file = NativeFile.CreateExclusively(fresh, ReadableByAll))
        {
            file.Write(Encoding.UTF8.GetBytes(directory + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
        NativeFile.FlushDirectory(ClusterHome.LinkedRoot);
    }

    private static string? Read(string cluster)
    {
        string path = FileOf(cluster);
        string owner = File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n') : "";
        return owner.Length == 0 ? null : owner;
    }

    private static bool IsSame(string path, string other) =>
        NativeFile.Status(path, follow: true) is FileStatus one
        && NativeFile.Status(other, follow: true) is FileStatus another
        && one.IsSameFile(another);
}

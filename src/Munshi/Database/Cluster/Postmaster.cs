using System.Globalization;

namespace Munshi.Database.Cluster;

/// <summary>The server process of a cluster directory, as its <c>postmaster.pid</c> and <c>/proc</c> tell.</summary>
/// <param name="ProcessId">Of the postmaster, or of a single-user backend.</param>
/// <param name="Port">0 until it is known.</param>
/// <param name="SocketDirectory">Empty until it listens, and when it has none.</param>
/// <param name="Phase">Line 8 of the file, since PostgreSQL 10.</param>
internal sealed record Postmaster(int ProcessId, int Port, string SocketDirectory, PostmasterPhase Phase)
{
    private const int PortLine = 3;
    private const int SocketLine = 4;
    private const int StatusLine = 7;

    /// <summary>
    /// <see langword="null"/> when nothing runs there: no file, or one left by a killed server. A process number may have been given
    /// away again, so the process counts only while its working directory is the cluster's, which every postmaster's is.
    /// </summary>
    public static Postmaster? Find(string clusterDirectory)
    {
        string[] lines = ReadFile(clusterDirectory);
        if (ProcessIn(lines) is not int id || WorksIn(clusterDirectory, Math.Abs(id)) is not true)
        {
            return null;
        }

        PostmasterPhase phase = id < 0 ? PostmasterPhase.SingleUser : lines.ElementAtOrDefault(StatusLine)?.Trim() switch
        {
            "ready" => PostmasterPhase.Ready,
            "stopping" => PostmasterPhase.Stopping,
            _ => PostmasterPhase.Starting, // "standby", too: it still replays an archive, and takes no writes
        };
        _ = int.TryParse(lines.ElementAtOrDefault(PortLine), CultureInfo.InvariantCulture, out int port);
        return new Postmaster(Math.Abs(id), port, lines.ElementAtOrDefault(SocketLine)?.Trim() ?? "", phase);
    }

    /// <summary>The living process that a left-over file names although it has nothing to do with the cluster.</summary>
    public static int? FindStranger(string clusterDirectory) =>
        ProcessIn(ReadFile(clusterDirectory)) is int id && WorksIn(clusterDirectory, Math.Abs(id)) is false ? Math.Abs(id) : null;

    private static string[] ReadFile(string clusterDirectory)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(clusterDirectory, "postmaster.pid"));
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private static int? ProcessIn(string[] lines) =>
        lines is [string number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out int id) ? id : null;

    /// <summary><see langword="null"/> when there is no such process, when it is a zombie or when it is another user's.</summary>
    private static bool? WorksIn(string clusterDirectory, int processId) =>
        NativeFile.Status($"/proc/{processId}/cwd", follow: true) is FileStatus itsDirectory
        && NativeFile.Status(clusterDirectory, follow: true) is FileStatus cluster
            ? itsDirectory.IsSameFile(cluster)
            : null;
}

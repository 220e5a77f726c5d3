using System.Globalization;

namespace Munshi.Database.Cluster;

/// <summary>The short path that holds the server's socket: such paths are limited to 107 bytes, and data directories may be deep.</summary>
/// <remarks>
/// Under root <c>/run/munshi-ID</c>, else <c>$XDG_RUNTIME_DIR/munshi-ID</c> or <c>/tmp/munshi-UID-ID</c>. All of these vanish with
/// a reboot, so it is made again at each start. Anyone can make a name in <c>/tmp</c> first: one that is a link, or not ours, is refused.
/// </remarks>
internal sealed class SocketDirectory
{
    /// <summary>Names the socket file; nothing listens on TCP.</summary>
    public const int Port = 5432;

    private const int LongestSocketPath = 107; // sizeof(sockaddr_un.sun_path) - 1
    private const int IdLength = 12;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerAndGroup = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly ServerAccount _account;
    private readonly string[] _ours;

    public SocketDirectory(ServerAccount account, string instanceId, string? runtimeDirectory)
    {
        _account = account;
        string id = instanceId[..IdLength];
        string inTemporary = $"/tmp/munshi-{account.UserId}-{id}";
        string inRuntime = System.IO.Path.Combine(runtimeDirectory ?? $"/run/user/{account.UserId}", $"munshi-{id}");
        _ours = account.IsSwitched
            ? [$"/run/munshi-{id}"]
            : [inRuntime, inTemporary, $"/run/user/{account.UserId}/munshi-{id}"];
        Path = account.IsSwitched || IsPrivate(runtimeDirectory) ? _ours[0] : inTemporary;
    }

    public string Path { get; }

    /// <summary>Every path it may have had, started from whatever session.</summary>
    public IReadOnlyList<string> All => _ours;

    /// <summary><c>unix_socket_permissions</c>: root enters anyway; members of the server's group may be let in.</summary>
    public string SocketPermissions => _account.IsSwitched ? "0770" : "0700";

    /// <summary>A running server with this socket directory is ours, though perhaps started from another session.</summary>
    public bool IsOurs(string path) => _ours.Contains(path);

    /// <summary>The running server of another cluster that listens in one of these directories: the installation is a copy of its, or the original.</summary>
    /// <param name="clusterDirectory">Our own cluster.</param>
    public (int ProcessId, string ClusterDirectory)? OtherThan(string clusterDirectory)
    {
        foreach (string path in _ours)
        {
            // Written by PostgreSQL beside its socket: process number, cluster directory, and more (src/backend/utils/init/miscinit.c).
            if (ReadLines(System.IO.Path.Combine(path, $".s.PGSQL.{Port}.lock")) is [string process, string cluster, ..]
                && int.TryParse(process, CultureInfo.InvariantCulture, out int id)
                && NativeFile.Status($"/proc/{id}/cwd", follow: true) is FileStatus its
                && Postmaster.Find($"/proc/{id}/cwd")?.ProcessId == id
                && NativeFile.Status(clusterDirectory, follow: true)?.IsSameFile(its) != true)
            {
                return (id, cluster);
            }
        }

        return null;
    }

    /// <summary>Removes the directory of a server that has stopped, unless something else lies in it.</summary>
    public void RemoveIfEmpty(string path)
    {
        if (IsOurs(path) && Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }

    /// <summary>Makes the directory, or says why the one that is there cannot be trusted.</summary>
    public ClusterOutcome.Refused? Prepare()
    {
        UnixFileMode mode = _account.IsSwitched ? OwnerAndGroup : OwnerOnly;
        if (NativeFile.Status(Path, follow: false) is null)
        {
            NativeFile.MakeDirectory(Path, OwnerOnly);
            if (_account.IsSwitched)
            {
                NativeFile.ChangeOwner(Path, _account.UserId, _account.GroupId);
            }
        }

        if (NativeFile.Status(Path, follow: false) is not { IsDirectory: true } status || status.UserId != _account.UserId)
        {
            return new(
                ClusterRefusal.SocketDirectoryUnsafe,
                $"{Path} is not a directory of the user {_account.Name}, so the database's socket cannot be kept there: remove it.");
        }

        if (status.Mode != mode)
        {
            NativeFile.SetMode(Path, mode);
        }

        return null;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private bool IsPrivate(string? runtimeDirectory) =>
        runtimeDirectory is not null
        && System.IO.Path.IsPathRooted(runtimeDirectory)
        && _ours[0].Length + $"/.s.PGSQL.{Port}".Length <= LongestSocketPath
        && NativeFile.Status(runtimeDirectory, follow: false) is { IsDirectory: true } status
        && status.UserId == _account.UserId
        && (status.Mode & WritableByOthers) == 0;
}

namespace Munshi.Database.Cluster;

/// <summary>Prepares the data directory itself.</summary>
internal static class DataDirectoryPath
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Others may pass through, not look: the server's user has to reach its files.</summary>
    public const UnixFileMode Passable = OwnerOnly | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes the directory unless it is there, or says why the path cannot serve.</summary>
    /// <remarks><c>pg_ctl</c> starts the server through a shell and quotes paths only with <c>"</c>.</remarks>
    public static ClusterOutcome.Refused? Prepare(string path, ServerAccount account)
    {
        if (path.Any(character => character is '"' or '$' or '`' or '\\' || char.IsControl(character)))
        {
            return new(
                ClusterRefusal.DataDirectoryUnusable,
                "The path of the data directory holds a quotation mark, dollar, backquote, backslash or control character, "
                + "which PostgreSQL's tools cannot take: choose another.");
        }

        if (File.Exists(path))
        {
            return new(ClusterRefusal.DataDirectoryUnusable, $"{path} is a file, not a directory: choose another data directory.");
        }

        Make(path, account);
        return null;
    }

    /// <summary>Makes a directory of our own that the server's user can pass through, unless it is there.</summary>
    public static void Make(string path, ServerAccount account)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path);
            NativeFile.SetMode(path, account.IsSwitched ? Passable : OwnerOnly);
        }
    }
}

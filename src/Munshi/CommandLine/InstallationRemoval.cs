using Munshi.Database.Cluster;

namespace Munshi.CommandLine;

/// <summary>What an installation has on this machine, and taking it away.</summary>
/// <remarks>
/// Only what Munshi itself makes is touched. The cluster goes first and as a whole, the mark of a removal begun last, then the directory: one that
/// was broken off is completed by another, which can no longer ask the cluster what it held. Until then nothing else may start here, as what it
/// made would be taken for the rest.
/// </remarks>
internal static class InstallationRemoval
{
    /// <summary>Stands in the data directory from the moment when what it holds was looked at until all is gone.</summary>
    private const string Mark = "removing";

    /// <summary>The cluster on its way out: a half-deleted one is never taken for one that can be asked.</summary>
    private const string Withdrawn = "pg.removing";

    /// <summary>Everything that a server, a verb or <c>./run</c> makes in a data directory, except the cluster.</summary>
    private static readonly string[] Parts =
    [
        "search", "media", "transcripts", "backups", "checkpoints", "log", "keyring", "secrets", "pg.users.lock", "pg.start.lock", "instance-id", "instance-id.new",
        "run.lock", "run.munshi", "run.sandbox",
    ];

    /// <summary>What is there, as absolute paths: links before what they lead to.</summary>
    /// <param name="root">The data directory.</param>
    /// <param name="also">Further names in it, such as a demo's.</param>
    public static IReadOnlyList<string> Find(string root, IReadOnlyList<string> also)
    {
        List<string> found = [];
        string cluster = ClusterHome.NameIn(root);
        AddIfThere(cluster);
        AddIfThere(Path.Combine(root, Withdrawn));
        if (Id(root) is { } id)
        {
            // A copied data directory has the id of another, whose cluster and socket may be at the places that the id names.
            string linked = Path.Combine(ClusterHome.LinkedRoot, id);
            bool isAnothers = LinkedClusterOwner.OtherThan(root, linked) is not null;
            if (!isAnothers && NativeFile.Status(cluster, follow: false) is not { IsDirectory: true })
            {
                AddIfThere(linked);
                AddIfThere(linked + "-log");
                AddIfThere(LinkedClusterOwner.FileOf(linked));
            }

            AddIfThere(cluster + "-log");
            foreach (string socket in isAnothers ? [] : SocketDirectories(id, cluster))
            {
                AddIfThere(socket);
            }
        }

        foreach (string part in Parts.Union(also).Append(Mark))
        {
            AddIfThere(Path.Combine(root, part));
        }

        return found;

        void AddIfThere(string path)
        {
            if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
            {
                found.Add(path);
            }
        }
    }

    /// <summary>Removes what <see cref="Find"/> found, then the data directory if nothing else lies in it.</summary>
    /// <returns>What is left in the data directory, which is not Munshi's; empty when the directory is gone too.</returns>
    public static IReadOnlyList<string> Remove(string root, IReadOnlyList<string> found)
    {
        Withdraw(root);
        foreach (string path in found.Prepend(Path.Combine(root, Withdrawn)))
        {
            if (new FileInfo(path).LinkTarget is not null || File.Exists(path))
            {
                File.Delete(path);
            }
            else if (Directory.Exists(path))
            {
                Directory.Delete(path, recursive: true);
            }
        }

        string[] left = [.. Directory.EnumerateFileSystemEntries(root).Order(StringComparer.Ordinal)];
        if (left.Length == 0)
        {
            Directory.Delete(root);
        }

        return left;
    }

    /// <summary>Whether a removal was begun and not completed.</summary>
    public static bool IsBegun(string root) => File.Exists(Path.Combine(root, Mark));

    /// <exception cref="RefusalException">One was, so that nothing may start here before it is completed.</exception>
    public static void RequireNotBegun(string root)
    {
        if (IsBegun(root))
        {
            throw new RefusalException(
                $"A removal of {root} was begun and not completed: complete it with ./munshi remove --only-workspace W --data {root}, "
                + "or, for the demo, with ./run --remove-demo.");
        }
    }

    public static void Begin(string root) => File.WriteAllText(Path.Combine(root, Mark), "");

    /// <summary>From here on there is no cluster to ask.</summary>
    private static void Withdraw(string root)
    {
        string cluster = ClusterHome.NameIn(root);
        if (NativeFile.Status(cluster, follow: false) is { IsDirectory: true })
        {
            string withdrawn = Path.Combine(root, Withdrawn);
            if (Directory.Exists(withdrawn))
            {
                Directory.Delete(withdrawn, recursive: true);
            }

            Directory.Move(cluster, withdrawn);
        }
    }

    private static string? Id(string root)
    {
        string path = Path.Combine(root, "instance-id");
        string id = File.Exists(path) ? File.ReadAllText(path).Trim() : "";
        return id.Length == 32 && id.All(char.IsAsciiHexDigitLower) ? id : null; // anything else would name a foreign path
    }

    /// <summary>None while the original of a copy, or the copy of an original, listens there.</summary>
    private static IReadOnlyList<string> SocketDirectories(string id, string cluster) =>
        ServerAccount.Find() is { } account
        && new SocketDirectory(account, id, Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")) is var sockets
        && sockets.OtherThan(cluster) is null
            ? sockets.All
            : [];
}

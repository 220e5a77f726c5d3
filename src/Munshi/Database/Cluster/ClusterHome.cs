namespace Munshi.Database.Cluster;

/// <summary>The cluster's paths. The lock files stay in the data directory, also when the cluster itself lies elsewhere.</summary>
/// <param name="DataDirectory">Absolute.</param>
/// <param name="InstanceId">See <see cref="Cluster.InstanceId"/>.</param>
/// <param name="ClusterDirectory">The real directory, not the link to it.</param>
/// <param name="LinkMissing"><c>pg</c> must be made a link to <paramref name="ClusterDirectory"/> once that is there.</param>
internal sealed record ClusterHome(string DataDirectory, string InstanceId, string ClusterDirectory, bool LinkMissing)
{
    /// <summary>Holds clusters, named by instance, whose data directory the server's user cannot enter.</summary>
    public const string LinkedRoot = "/var/lib/munshi";

    public string ClusterName => NameIn(DataDirectory);

    public string PreferredLogDirectory => Path.Combine(DataDirectory, "log", "postgresql");

    public string FallbackLogDirectory => ClusterDirectory + "-log";

    public static string NameIn(string dataDirectory) => Path.Combine(dataDirectory, "pg");

    public static string UsersLockIn(string dataDirectory) => Path.Combine(dataDirectory, "pg.users.lock");

    public static string StartLockIn(string dataDirectory) => Path.Combine(dataDirectory, "pg.start.lock");

    /// <summary>The cluster lies in <see cref="LinkedRoot"/>.</summary>
    public bool IsLinked => Path.GetDirectoryName(ClusterDirectory) == LinkedRoot;

    /// <summary>Links <c>pg</c> to the cluster; an interrupted creation is thus completed at the next start.</summary>
    public void Link()
    {
        if (LinkMissing)
        {
            File.CreateSymbolicLink(ClusterName, ClusterDirectory);
            NativeFile.FlushDirectory(DataDirectory);
        }
    }
}

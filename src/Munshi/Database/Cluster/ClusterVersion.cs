using System.Globalization;

namespace Munshi.Database.Cluster;

/// <summary>Matches the server programs to the cluster that is there.</summary>
internal static class ClusterVersion
{
    public static string FileIn(string clusterDirectory) => Path.Combine(clusterDirectory, "PG_VERSION");

    /// <summary>The programs for this directory: its own major version, or the newest when there is no cluster yet.</summary>
    public static (ServerPrograms? Programs, ClusterOutcome.Refused? Refusal) Choose(
        string clusterDirectory, IReadOnlyList<ServerPrograms> installed)
    {
        if (!File.Exists(FileIn(clusterDirectory)))
        {
            ServerPrograms? newest =
                installed.FirstOrDefault(programs => programs.MajorVersion >= ServerPrograms.OldestMajorVersion);
            return newest is null ? (null, NotInstalled(installed)) : (newest, null);
        }

        string text = File.ReadAllText(FileIn(clusterDirectory)).Trim();
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal version))
        {
            return (null, new(
                ClusterRefusal.NotACluster, $"{FileIn(clusterDirectory)} names no PostgreSQL version: restore a backup."));
        }

        if (version < ServerPrograms.OldestMajorVersion)
        {
            return (null, new(
                ClusterRefusal.OtherVersion,
                $"The database in {clusterDirectory} was made by PostgreSQL {text}, but Munshi needs "
                + $"{ServerPrograms.OldestMajorVersion} or newer{Have(installed)}: upgrade it with pg_upgrade, or restore a dump."));
        }

        ServerPrograms? same = installed.FirstOrDefault(programs => programs.MajorVersion == version);
        return same is not null
            ? (same, null)
            : (null, new(
                ClusterRefusal.OtherVersion,
                $"The database in {clusterDirectory} was made by PostgreSQL {text}, which is not installed{Have(installed)}: "
                + $"install it with apt-get install postgresql-{text}."));
    }

    private static ClusterOutcome.Refused NotInstalled(IReadOnlyList<ServerPrograms> installed) => new(
        ClusterRefusal.NoServerPrograms,
        $"PostgreSQL {ServerPrograms.OldestMajorVersion} or newer is not installed{Have(installed)}: "
        + "install it with apt-get install postgresql.");

    private static string Have(IReadOnlyList<ServerPrograms> installed) => installed.Count == 0
        ? ""
        : $" (this machine has {string.Join(", ", installed.Select(programs => programs.MajorVersion))})";
}

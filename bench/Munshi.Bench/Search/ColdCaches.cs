using System.Globalization;
using Munshi.Database;
using Npgsql;

namespace Munshi.Bench.Search;

/// <summary>Empties PostgreSQL's buffers, by restarting it, and the system's page cache. Needs root.</summary>
internal static class ColdCaches
{
    private const string Drop = "/proc/sys/vm/drop_caches";

    public static bool CanEmpty => Environment.IsPrivilegedProcess && File.Exists(Drop);

    public static async Task EmptyAsync(RunningMunshi munshi, WorkspaceDatabase database, CancellationToken cancellationToken)
    {
        string[] options = (await File.ReadAllTextAsync(Path.Combine(munshi.ClusterDirectory, "postmaster.opts"), cancellationToken)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string control = Path.Combine(Path.GetDirectoryName(options[0])!, "pg_ctl");
        string owner = (await Programs.ReadAsync("stat", ["-c", "%U", munshi.ClusterDirectory])).Trim();
        await Programs.ReadAsync("runuser", ["-u", owner, "--", control, "-D", munshi.ClusterDirectory, "-m", "fast", "-w", "-l", "/dev/null", "restart"]);
        await Programs.ReadAsync("sync", []);
        await File.WriteAllTextAsync(Drop, 3.ToString(CultureInfo.InvariantCulture), cancellationToken);
        for (int tries = 0; ; tries++)
        {
            try
            {
                await database.RowAsync(munshi.ClientId, new Statement("SELECT 1"), reader => reader.GetInt32(0), cancellationToken);
                return;
            }
            catch (NpgsqlException) when (tries < 20)
            {
                await Task.Delay(200, cancellationToken); // connections of before are thrown away
            }
        }
    }
}

using Munshi.Database;
using Npgsql;

namespace Munshi.Bench.Audit;

/// <summary><c>pgaudit</c>, which writes each statement that changes rows into the server's log.</summary>
internal static class PgAudit
{
    /// <summary>What the cluster preloads.</summary>
    public const string Library = "pgaudit";

    public const string HowToInstall = "`apt-get install postgresql-15-pgaudit`, of the version of PostgreSQL that runs";

    private const string Set = "ALTER ROLE munshi_app IN DATABASE munshi SET pgaudit.log = 'write'";
    private const string Reset = "ALTER ROLE munshi_app IN DATABASE munshi RESET pgaudit.log";

    /// <summary>Whether it can be loaded.</summary>
    public static bool IsInstalled { get; } = File.Exists(Path.Combine(Path.GetDirectoryName(Programs.Pgbench) ?? "", "../lib/pgaudit.so"));

    /// <summary>Data sources of which every connection is audited. The setting is taken back once they are open; no other session has it.</summary>
    /// <param name="munshi">Started with <see cref="Library"/>.</param>
    /// <param name="open">Makes the writers' connections.</param>
    /// <param name="cancellationToken">Honoured between statements.</param>
    public static async Task<Databases> OpenAsync(RunningMunshi munshi, Func<Databases, Task> open, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync("munshi", cancellationToken);
        await ExecuteAsync(admin, Set);
        try
        {
            Databases audited = munshi.Connect("munshi");
            await open(audited);
            return audited;
        }
        finally
        {
            await ExecuteAsync(admin, Reset);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection admin, string sql)
    {
        await using NpgsqlBatch batch = admin.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        await batch.ExecuteNonQueryAsync();
    }
}

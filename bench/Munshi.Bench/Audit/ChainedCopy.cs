using System.Globalization;
using Munshi.Database;
using Npgsql;

namespace Munshi.Bench.Audit;

/// <summary>The installation's database once more on the same cluster, with the trigger of <c>sequencer/chain.sql</c>. In the program's own it would close the gate.</summary>
internal static class ChainedCopy
{
    private const string Name = "chained";

    /// <summary>The trigger's tables for acts: one log is the workspace's, and an act may have no record.</summary>
    private const string Prepare =
        """
        ALTER TABLE entry ALTER COLUMN commitment DROP NOT NULL, ALTER COLUMN ciphertext_hash DROP NOT NULL;
        GRANT USAGE ON SCHEMA public TO munshi_app;
        GRANT SELECT, INSERT ON entry TO munshi_app;
        GRANT SELECT, UPDATE ON head TO munshi_app;
        INSERT INTO head SELECT client_id, -1, decode(repeat('00', 32), 'hex') FROM workspace.workspace;
        ANALYZE;
        """;

    /// <summary>Copies what is there now; the copy's own data sources.</summary>
    public static async Task<Databases> MakeAsync(RunningMunshi munshi, string directory, CancellationToken cancellationToken)
    {
        await ExecuteAsync(munshi, "munshi", $"CREATE DATABASE {Name}", cancellationToken);
        string dump = Path.Combine(directory, "chained.sql");
        string[] address = ["--host", munshi.Database.Host, "--port", munshi.Database.Port.ToString(CultureInfo.InvariantCulture), "--username", AdminDatabase.Superuser];
        await Programs.ReadAsync(Programs.Of("pg_dump"), [.. address, "--dbname", "munshi", "--file", dump]);
        foreach (string file in (string[])[dump, Path.Combine(Programs.Repository, "bench/sequencer/chain.sql")])
        {
            await Programs.ReadAsync(
                Programs.Of("psql"),
                [
                    .. address, "--dbname", Name, "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1",
                    "--command", "SET search_path = public", "--file", file,
                ]);
        }

        await ExecuteAsync(munshi, Name, Prepare, cancellationToken);
        return munshi.Connect(Name);
    }

    /// <summary>How many events the trigger has chained.</summary>
    public static async Task<long> CountAsync(RunningMunshi munshi, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync(Name, cancellationToken);
        await using NpgsqlCommand count = new("SELECT count(*) FROM entry", admin);
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(RunningMunshi munshi, string database, string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection admin = await munshi.AdminAsync(database, cancellationToken);
        await using NpgsqlBatch batch = admin.CreateBatch();
        foreach (string statement in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}

using Munshi.Database.Roles;
using Npgsql;

namespace Munshi.Database;

/// <summary>Makes the database, its roles and its schema what this version expects. Safe to repeat and to run twice at once.</summary>
internal sealed class Migrator(DatabaseAddress address, RoleSecrets secrets, TimeProvider clock)
{
    private const long AdvisoryLock = 0x4D_55_4E_53_48_49; // "MUNSHI"
    private const int OldestServer = 15;

    private readonly AdminDatabase _admin = new(address);

    public async Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken)
    {
        await using (NpgsqlConnection server = await _admin.OpenAsync("postgres", cancellationToken))
        {
            if (await UnfitAsync(server, cancellationToken) is { } unfit)
            {
                return unfit;
            }

            await LockAsync(server, cancellationToken);
            await ApplyRolesAsync(server, cancellationToken);
            await CreateDatabaseAsync(server, cancellationToken);
        }

        await using NpgsqlConnection connection = await _admin.OpenAsync(address.Database, cancellationToken);
        await LockAsync(connection, cancellationToken);
        await ExecuteAsync(connection, Sql.Read("Database/Roles/database.sql"), cancellationToken);
        return await ApplyAsync(connection, cancellationToken);
    }

    private static async Task<MigrationOutcome?> UnfitAsync(NpgsqlConnection server, CancellationToken cancellationToken)
    {
        if (server.PostgreSqlVersion.Major < OldestServer)
        {
            return new MigrationOutcome.Refused(
                $"This server is PostgreSQL {server.PostgreSqlVersion}; Munshi needs {OldestServer} or newer.");
        }

        await using NpgsqlCommand command = new("SELECT datctype FROM pg_database WHERE datname = 'template0'", server);
        string ctype = (string)(await command.ExecuteScalarAsync(cancellationToken))!;
        return ctype is "C" or "POSIX"
            ? new MigrationOutcome.Refused(
                $"The server's character type is {ctype}, which cannot fold Indian scripts; make the cluster with --locale=C.UTF-8.")
            : null;
    }

    private static async Task LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT pg_advisory_lock($1)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = AdvisoryLock });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = new(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(text));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task ApplyRolesAsync(NpgsqlConnection server, CancellationToken cancellationToken)
    {
        await ExecuteAsync(server, Sql.Read("Database/Roles/roles.sql"), cancellationToken);
        foreach (DatabaseRole role in Enum.GetValues<DatabaseRole>())
        {
            await using NpgsqlBatch batch = new(server);
            batch.BatchCommands.Add(new Statement("SELECT set_config('munshi.role', $1, true), set_config('munshi.verifier', $2, true)")
                .Text(role.Name()).Text(ScramVerifier.Create(secrets[role])).Command);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Sql.Read("Database/Roles/set_password.sql")));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task CreateDatabaseAsync(NpgsqlConnection server, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand exists = new("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", server);
        exists.Parameters.Add(new NpgsqlParameter { Value = address.Database });
        if ((bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return;
        }

        string quoted = new NpgsqlCommandBuilder().QuoteIdentifier(address.Database);
        await ExecuteAsync(
            server, $"CREATE DATABASE {quoted} OWNER munshi_owner TEMPLATE template0 ENCODING 'UTF8'", cancellationToken);
    }

    private async Task<MigrationOutcome> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        Dictionary<int, byte[]> applied = await AppliedAsync(connection, cancellationToken);
        int newest = Migration.All[^1].Number;
        if (applied.Keys.DefaultIfEmpty(0).Max() is int version && version > newest)
        {
            return new MigrationOutcome.Refused(
                $"The database is at migration {version}, this program knows {newest}: it is older than the data. Start the newer version.");
        }

        int count = 0;
        foreach (Migration migration in Migration.All)
        {
            if (!applied.TryGetValue(migration.Number, out byte[]? checksum))
            {
                await ApplyAsync(connection, migration, cancellationToken);
                count++;
            }
            else if (!checksum.AsSpan().SequenceEqual(migration.Checksum))
            {
                return new MigrationOutcome.Refused(
                    $"Migration {migration.Name} differs from the one this database was made with; install the unaltered program.");
            }
        }

        return new MigrationOutcome.Migrated(count, newest);
    }

    private static async Task<Dictionary<int, byte[]>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT number, checksum FROM migration.applied ORDER BY number", connection);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        Dictionary<int, byte[]> applied = [];
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        }

        return applied;
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "SET LOCAL SESSION AUTHORIZATION munshi_owner", cancellationToken);
#pragma warning disable CA2100 // the text is an embedded migration
        await using (NpgsqlCommand command = new(migration.Text, connection, transaction))
#pragma warning restore CA2100
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await ExecuteAsync(connection, "SET LOCAL SESSION AUTHORIZATION DEFAULT", cancellationToken);
        await using NpgsqlCommand record = new("INSERT INTO migration.applied (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)", connection);
        record.Parameters.Add(new NpgsqlParameter { Value = migration.Number });
        record.Parameters.Add(new NpgsqlParameter { Value = migration.Name });
        record.Parameters.Add(new NpgsqlParameter { Value = migration.Checksum });
        record.Parameters.Add(new NpgsqlParameter { Value = clock.GetUtcNow() });
        await record.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Munshi.Import.Backups;

/// <summary>Another's SQLite database, opened so that nothing in it can do more than be read: no writes, views, triggers, extensions or functions of its schema, and so much work and no more.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class BackupDatabase : IDisposable
{
    private const int Defensive = 1010; // SQLITE_DBCONFIG_DEFENSIVE
    private const int TrustedSchema = 1017; // SQLITE_DBCONFIG_TRUSTED_SCHEMA
    private const int Triggers = 1003; // SQLITE_DBCONFIG_ENABLE_TRIGGER
    private const int Views = 1015; // SQLITE_DBCONFIG_ENABLE_VIEW
    private const int Extensions = 1005; // SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION
    private const int Length = 0; // SQLITE_LIMIT_LENGTH
    private const int Attached = 7; // SQLITE_LIMIT_ATTACHED
    private const int Interrupted = 9; // SQLITE_INTERRUPT
    private const int StepsAtOnce = 10_000;

    /// <summary>16 MiB: a row that is longer is no message.</summary>
    private const int MostRowBytes = 16 * 1024 * 1024;

    /// <summary>Of the virtual machine's instructions: a table is read in about ten a row, and a row has several bytes.</summary>
    private const long FreeSteps = 1_000_000_000;

    private const int StepsOfAByte = 100;

    private readonly SqliteConnection _connection;
    private readonly CancellationToken _cancellationToken;
    private readonly long _mostSteps;
    private readonly delegate_progress _watch;
    private long _steps;

    private BackupDatabase(SqliteConnection connection, long bytes, CancellationToken cancellationToken)
    {
        _connection = connection;
        _cancellationToken = cancellationToken;
        _mostSteps = FreeSteps + (bytes * StepsOfAByte);
        _watch = _ => (_steps += StepsAtOnce) > _mostSteps || _cancellationToken.IsCancellationRequested ? 1 : 0;
    }

    /// <param name="path">Not needed any more once it is open.</param>
    /// <param name="bytes">Of the file.</param>
    /// <param name="cancellationToken">Ends whatever is read.</param>
    /// <exception cref="BackupDamagedException">It is no database.</exception>
    public static BackupDatabase Open(string path, long bytes, CancellationToken cancellationToken)
    {
        string escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        SqliteConnection connection = new(new SqliteConnectionStringBuilder
        {
            DataSource = $"file:{escaped}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        BackupDatabase database = new(connection, bytes, cancellationToken);
        try
        {
            connection.Open();
            database.Harden();
            return database;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new BackupDamagedException(exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A statement of the program's own words.</summary>
    public SqliteCommand Prepare(string statement)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // the program's own literals, joined by what the schema has
        command.CommandText = statement;
#pragma warning restore CA2100
        return command;
    }

    /// <summary>The rows of a statement, read one by one.</summary>
    /// <exception cref="BackupDamagedException">They cannot be read, or there is no end of them.</exception>
    public IEnumerable<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using SqliteDataReader reader = Guarded(command.ExecuteReader);
        while (Guarded(reader.Read))
        {
            yield return Guarded(() => read(reader));
        }
    }

    public void Dispose() => _connection.Dispose();

    private void Harden()
    {
        sqlite3 handle = _connection.Handle!;
        foreach ((int option, int value) in new[] { (Defensive, 1), (TrustedSchema, 0), (Triggers, 0), (Views, 0), (Extensions, 0) })
        {
            if (raw.sqlite3_db_config(handle, option, value, out int set) != raw.SQLITE_OK || set != value)
            {
                throw new InvalidOperationException("SQLite does not have a setting that keeps a schema from acting.");
            }
        }

        raw.sqlite3_limit(handle, Length, MostRowBytes);
        raw.sqlite3_limit(handle, Attached, 0);
        raw.sqlite3_progress_handler(handle, StepsAtOnce, _watch, null);
        using SqliteCommand settings = Prepare(
            "PRAGMA query_only=1; PRAGMA cell_size_check=1; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; PRAGMA automatic_index=0; SELECT count(*) FROM sqlite_master;");
        settings.ExecuteNonQuery();
    }

    private T Guarded<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException exception)
        {
            if (exception.SqliteErrorCode == Interrupted)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            throw new BackupDamagedException(exception);
        }
    }
}

using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Munshi.Search.Index;

/// <summary>What an index knows of itself.</summary>
internal sealed class IndexState(SqliteConnection connection)
{
    /// <summary>Of the file's form and of the folding; another one is made anew.</summary>
    private const string Version = "2";

    private const string BootFile = "/proc/sys/kernel/random/boot_id";

    private static readonly string Boot = File.Exists(BootFile) ? File.ReadAllText(BootFile).Trim() : "";

    public void Begin(byte[] salt, byte[] key, IndexMark mark)
    {
        Set("version", Version, null);
        Set("salt", salt, null);
        Set("check", IndexFile.Check(key), null);
        Set("boot", Boot, null);
        Keep(mark, null);
    }

    /// <summary>Null where the file holds no index.</summary>
    public byte[]? Salt() => Exists() ? Get("salt") as byte[] : null;

    /// <summary>
    /// Whether it was written by this version under this key, and was closed, or left open by a process that ended while the machine went on: what the
    /// process had handed over is whole then.
    /// </summary>
    public bool IsReliable(byte[] key) => IsOf(key)
        && Get("boot") is string boot && (boot.Length == 0 || boot == Boot)
        && Get("seq") is not null;

    /// <summary>Whether it is of this version and under this key.</summary>
    public bool IsOf(byte[] key) =>
        Get("version") as string == Version && Get("check") is byte[] check && check.AsSpan().SequenceEqual(IndexFile.Check(key));

    public IndexMark Mark() => new()
    {
        Seq = Number("seq"),
        RowHash = Get("hash") as byte[] ?? [],
        Below = Get("below") is byte[] below ? new Guid(below, bigEndian: true) : Guid.AllBitsSet,
        IsWhole = Number("whole") == 1,
        Count = Number("count"),
        About = Number("about"),
    };

    public void Keep(IndexMark mark, SqliteTransaction? transaction)
    {
        Set("seq", mark.Seq, transaction);
        Set("hash", mark.RowHash, transaction);
        Set("below", mark.Below.ToByteArray(bigEndian: true), transaction);
        Set("whole", mark.IsWhole ? 1L : 0L, transaction);
        Set("count", mark.Count, transaction);
        Set("about", mark.About, transaction);
    }

    /// <summary>On the disk before anything else is written.</summary>
    public void MarkOpen() => Synced(Boot);

    /// <summary>After everything else is on the disk.</summary>
    public void MarkClosed() => Synced("");

    private void Synced(string boot)
    {
        IndexConnection.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous=FULL;");
        Set("boot", boot, null);
        IndexConnection.Run(connection, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous=OFF;");
    }

    private long Number(string name) => Convert.ToInt64(Get(name) ?? 0L, CultureInfo.InvariantCulture);

    private bool Exists()
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'state'";
        return command.ExecuteScalar() is not null;
    }

    private object? Get(string name)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM state WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar();
    }

    private void Set(string name, object value, SqliteTransaction? transaction)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "INSERT INTO state (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$value", value);
        command.ExecuteNonQuery();
    }
}

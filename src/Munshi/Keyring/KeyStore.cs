using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Munshi.Keyring;

/// <summary>The keyring's file: each key wrapped under the root key (AES-256-GCM, its id as associated data).</summary>
/// <remarks>
/// A deleted row is overwritten at commit (<see cref="KeyringConnection"/>), but SQLite may have left a copy where it once moved
/// the row between pages: a key is gone for certain after a VACUUM.
/// Several processes may share the file. Not safe for concurrent use by threads: <see cref="KeyCustodian"/> serialises them.
/// </remarks>
internal sealed class KeyStore : IDisposable
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int WrappedLength = NonceLength + TagLength + KeyMaterial.Length;

    private readonly SqliteConnection _connection;
    private readonly AesGcm _root;

    /// <param name="connection">From <see cref="KeyringConnection"/>; disposed with the store.</param>
    /// <param name="rootKey">32 bytes.</param>
    public KeyStore(SqliteConnection connection, byte[] rootKey)
    {
        _connection = connection;
        _root = new AesGcm(rootKey, TagLength);
        using SqliteCommand create = _connection.CreateCommand();
        create.CommandText =
            """
            CREATE TABLE IF NOT EXISTS key (
                id       BLOB PRIMARY KEY CHECK (length(id) = 16),
                wrapped  BLOB NOT NULL CHECK (length(wrapped) = 60),
                state    TEXT NOT NULL CHECK (state IN ('pooled', 'active')),
                taken_on TEXT
            ) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS key_pooled ON key (id) WHERE state = 'pooled';
            CREATE TABLE IF NOT EXISTS named_key (
                name   TEXT PRIMARY KEY,
                key_id BLOB NOT NULL REFERENCES key (id)
            ) WITHOUT ROWID;
            """;
        create.ExecuteNonQuery();
    }

    public int CountPooled()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM key WHERE state = 'pooled'";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>The most keys taken on one day of those on or after <paramref name="since"/>.</summary>
    public int PeakTaken(DateOnly since)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM key WHERE taken_on >= $since GROUP BY taken_on)";
        command.Parameters.AddWithValue("$since", since.ToString("O", CultureInfo.InvariantCulture));
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Adds keys in one transaction.</summary>
    public void Add(IEnumerable<EscrowedKey> keys, bool pooled)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        Insert(keys, pooled);
        transaction.Commit();
    }

    /// <summary>Adds keys in the caller's transaction; a named key is active at once. Keys and names that are there stay as they are.</summary>
    public void Insert(IEnumerable<EscrowedKey> keys, bool pooled)
    {
        using SqliteCommand insert = _connection.CreateCommand();
        insert.CommandText = "INSERT OR IGNORE INTO key (id, wrapped, state) VALUES ($id, $wrapped, $state)";
        SqliteParameter id = insert.Parameters.Add("$id", SqliteType.Blob);
        SqliteParameter wrapped = insert.Parameters.Add("$wrapped", SqliteType.Blob);
        SqliteParameter state = insert.Parameters.Add("$state", SqliteType.Text);
        foreach (EscrowedKey key in keys)
        {
            id.Value = key.Id.ToByteArray(bigEndian: true);
            wrapped.Value = Wrap(key);
            state.Value = pooled && key.Name is null ? "pooled" : "active";
            insert.ExecuteNonQuery();
            if (key.Name is not null)
            {
                using SqliteCommand name = _connection.CreateCommand();
                name.CommandText = "INSERT OR IGNORE INTO named_key (name, key_id) VALUES ($name, $id)";
                name.Parameters.AddWithValue("$name", key.Name);
                name.Parameters.AddWithValue("$id", id.Value);
                name.ExecuteNonQuery();
            }
        }
    }

    /// <summary>Takes up to <paramref name="count"/> keys out of the pool; each is given out once, over all processes.</summary>
    public IReadOnlyList<Guid> Take(int count, DateOnly today)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            """
            UPDATE key SET state = 'active', taken_on = $today
            WHERE id IN (SELECT id FROM key WHERE state = 'pooled' LIMIT $count)
            RETURNING id
            """;
        command.Parameters.AddWithValue("$today", today.ToString("O", CultureInfo.InvariantCulture));
        command.Parameters.AddWithValue("$count", count);
        List<Guid> taken = [];
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            taken.Add(new Guid(reader.GetFieldValue<byte[]>(0), bigEndian: true));
        }

        return taken;
    }

    public Guid? Named(string name)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT key_id FROM named_key WHERE name = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() is byte[] id ? new Guid(id, bigEndian: true) : null;
    }

    /// <summary>Null when there is no such key: never made, or destroyed.</summary>
    /// <exception cref="CryptographicException">The wrapped key was altered, or another root key wrapped it.</exception>
    public KeyMaterial? Find(Guid keyId)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key WHERE id = $id";
        byte[] id = keyId.ToByteArray(bigEndian: true);
        command.Parameters.AddWithValue("$id", id);
        if (command.ExecuteScalar() is not byte[] wrapped)
        {
            return null;
        }

        Span<byte> material = stackalloc byte[KeyMaterial.Length];
        _root.Decrypt(wrapped.AsSpan(0, NonceLength), wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength), material, id);
        return new KeyMaterial(material);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _root.Dispose();
    }

    private byte[] Wrap(EscrowedKey key)
    {
        byte[] wrapped = new byte[WrappedLength];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceLength));
        _root.Encrypt(
            wrapped.AsSpan(0, NonceLength), key.Material, wrapped.AsSpan(NonceLength + TagLength), wrapped.AsSpan(NonceLength, TagLength), key.Id.ToByteArray(bigEndian: true));
        return wrapped;
    }
}

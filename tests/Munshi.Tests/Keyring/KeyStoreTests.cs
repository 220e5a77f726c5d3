using Microsoft.Data.Sqlite;
using Munshi.Keyring;

namespace Munshi.Tests.Keyring;

public sealed class KeyStoreTests : IDisposable
{
    private readonly KeyringBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("PRAGMA secure_delete", "1")]
    [InlineData("PRAGMA journal_mode", "truncate")]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA busy_timeout", "10000")]
    public void Every_connection_overwrites_what_is_deleted_and_waits_for_the_disk(string question, string answer)
    {
        Directory.CreateDirectory(_bench.Location.KeyringDirectory);
        using SqliteConnection connection = KeyringConnection.Open(_bench.KeyFile);

        Assert.Equal(answer, Ask(connection, question));
    }

    [Fact]
    public void A_deleted_key_is_gone_from_every_file_once_the_keyring_is_compacted()
    {
        byte[][] wrapped = WrappedKeys(64);
        Assert.All(wrapped, key => Assert.True(Stands(key), "the search itself found nothing"));

        using (SqliteConnection connection = KeyringConnection.Open(_bench.KeyFile))
        {
            Ask(connection, "DELETE FROM key WHERE state = 'active' AND id NOT IN (SELECT key_id FROM named_key); SELECT 1");
            Ask(connection, "VACUUM; SELECT 1");
        }

        Assert.All(wrapped, key => Assert.False(Stands(key)));
    }

    [Fact]
    public void Without_overwriting_the_search_would_find_the_deleted_key()
    {
        byte[][] wrapped = WrappedKeys(64);

        using (SqliteConnection connection = KeyringConnection.Open(_bench.KeyFile))
        {
            Ask(connection, "PRAGMA secure_delete=OFF");
            Ask(connection, "DELETE FROM key WHERE state = 'active' AND id NOT IN (SELECT key_id FROM named_key); SELECT 1");
        }

        Assert.Contains(wrapped, Stands);
    }

    [Fact]
    public void The_journal_is_empty_between_transactions()
    {
        _bench.OpenFilled().Take();

        FileInfo journal = new(_bench.KeyFile + "-journal");
        Assert.True(journal.Exists);
        Assert.Equal(0, journal.Length);
    }

    /// <summary>As they stand in the file, of keys that were taken.</summary>
    private byte[][] WrappedKeys(int count)
    {
        KeyCustodian custodian = _bench.OpenFilled();
        for (int taken = 0; taken < count; taken++)
        {
            custodian.Take();
        }

        using SqliteConnection connection = KeyringConnection.Open(_bench.KeyFile);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key WHERE state = 'active' AND id NOT IN (SELECT key_id FROM named_key)";
        using SqliteDataReader reader = command.ExecuteReader();
        List<byte[]> wrapped = [];
        while (reader.Read())
        {
            wrapped.Add(reader.GetFieldValue<byte[]>(0));
        }

        Assert.Equal(count, wrapped.Count);
        return [.. wrapped];
    }

    private bool Stands(byte[] bytes) => Directory.GetFiles(_bench.Location.KeyringDirectory).Any(file =>
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content.AsSpan().IndexOf(bytes) >= 0;
    });

    private static string Ask(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // the tests' own text
        command.CommandText = text;
#pragma warning restore CA2100
        return $"{command.ExecuteScalar()}";
    }
}

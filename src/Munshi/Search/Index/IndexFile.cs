using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Munshi.Search.Index;

/// <summary>One workspace's index, for writing: SQLite FTS5 over keyed hashes, without the texts. Not safe for concurrent use.</summary>
internal sealed class IndexFile : IDisposable
{
    public const int SaltBytes = 32;

    private readonly SqliteConnection _connection;
    private readonly IndexText _text;
    private readonly IndexState _state;

    private IndexFile(string path, SqliteConnection connection, IndexHasher hasher, IndexState state, IndexMark mark)
    {
        Path = path;
        _connection = connection;
        _text = new IndexText(hasher);
        _state = state;
        Mark = mark;
    }

    public string Path { get; }

    public IndexMark Mark { get; private set; }

    /// <summary>Whether the names and numbers of people were gone through since it was opened.</summary>
    public bool KnowsPeople { get; set; }

    /// <summary>Makes an empty one, which stands under its name once it is whole.</summary>
    /// <param name="path">Nothing stands there.</param>
    /// <param name="salt">Of its key.</param>
    /// <param name="key">Derived from the workspace's key and the salt; stands nowhere in the file.</param>
    /// <param name="mark">Where it begins.</param>
    public static IndexFile Create(string path, byte[] salt, byte[] key, IndexMark mark)
    {
        string begun = path + ".new";
        using (SqliteConnection connection = IndexConnection.Create(begun))
        {
            IndexConnection.Run(
                connection,
                """
                CREATE TABLE state (name TEXT PRIMARY KEY, value ANY) WITHOUT ROWID, STRICT;
                CREATE TABLE message (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
                CREATE VIRTUAL TABLE message_words USING fts5(w, p, s, c, content='', contentless_delete=1, tokenize='ascii');
                INSERT INTO message_words (message_words, rank) VALUES ('hashsize', 16777216);
                CREATE TABLE person (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, content BLOB NOT NULL);
                CREATE VIRTUAL TABLE person_words USING fts5(w, p, s, d, content='', contentless_delete=1, tokenize='ascii');
                """);
            new IndexState(connection).Begin(salt, key, mark);
        }

        File.Move(begun, path);
        SqliteConnection opened = IndexConnection.Write(path);
        return new IndexFile(path, opened, new IndexHasher(key), new IndexState(opened), mark);
    }

    /// <summary>Opens one; null where it cannot be relied on: of another version or key, or the machine went down while it was open.</summary>
    public static async Task<IndexFile?> OpenAsync(string path, Func<byte[], Task<byte[]>> keyOf)
    {
        SqliteConnection connection = IndexConnection.Write(path);
        try
        {
            IndexState state = new(connection);
            if (state.Salt() is { } salt && await keyOf(salt) is { } key && state.IsReliable(key))
            {
                state.MarkOpen();
                return new IndexFile(path, connection, new IndexHasher(key), state, state.Mark());
            }
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    /// <summary>Takes in messages as they are now, in one transaction with how far that goes.</summary>
    /// <param name="entries">In any order; what is there already is replaced.</param>
    /// <param name="mark">How far the index has come with them.</param>
    public void Write(IEnumerable<IndexEntry> entries, IndexMark mark)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using MessageRows rows = new(_connection, transaction);
        foreach (IndexEntry entry in entries.OrderBy(entry => entry.At)) // FTS5 begins a new segment at each row that goes back
        {
            rows.Remove(entry.Id);
            if (entry.Texts.Count > 0)
            {
                rows.Add(entry, _text.Columns(entry.Texts), _text.Conversation(entry.ConversationId));
            }
        }

        _state.Keep(mark, transaction);
        transaction.Commit();
        Mark = mark;
    }

    /// <summary>Takes in names and numbers as they are now; those that did not change cost nothing.</summary>
    public void Write(IEnumerable<IndexPerson> people)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        using PersonRows rows = new(_connection, transaction);
        foreach (IndexPerson person in people)
        {
            rows.Put(person, _text);
        }

        transaction.Commit();
    }

    /// <summary>Closes it so that it is relied on when it is opened again.</summary>
    public void Dispose()
    {
        try
        {
            _state.MarkClosed();
        }
        catch (SqliteException)
        {
            // Not marked, it is looked at as one that was not closed.
        }

        _connection.Dispose();
    }

    /// <summary>Tells the keys apart without telling them.</summary>
    internal static byte[] Check(byte[] key) => HMACSHA256.HashData(key, "munshi search index"u8)[..8];

    /// <summary>Tells whether what is held of a person changed.</summary>
    internal static byte[] ContentOf(string columns) => SHA256.HashData(Encoding.UTF8.GetBytes(columns))[..8];
}

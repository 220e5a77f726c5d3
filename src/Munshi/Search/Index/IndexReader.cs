using Microsoft.Data.Sqlite;
using Munshi.Search.Finding;

namespace Munshi.Search.Index;

/// <summary>One workspace's index, for one search. What it finds may be more than was sought: hashes are short, texts change.</summary>
internal sealed class IndexReader : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly IndexHasher _hasher;

    private IndexReader(SqliteConnection connection, IndexHasher hasher, IndexMark mark)
    {
        _connection = connection;
        _hasher = hasher;
        Mark = mark;
    }

    public IndexMark Mark { get; }

    /// <summary>Null where the file is under another key, and so about to be made anew.</summary>
    /// <exception cref="SqliteException">The file is damaged, or was removed meanwhile.</exception>
    public static async Task<IndexReader?> OpenAsync(string path, Func<byte[], Task<byte[]>> keyOf)
    {
        SqliteConnection connection = IndexConnection.Read(path);
        try
        {
            IndexState state = new(connection);
            if (state.Salt() is { } salt && await keyOf(salt) is { } key && state.IsOf(key))
            {
                return new IndexReader(connection, new IndexHasher(key), state.Mark());
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

    /// <summary>Messages that may hold all that is sought, newest first.</summary>
    /// <param name="query">What is sought.</param>
    /// <param name="conversations">Null for all.</param>
    /// <param name="from">The lowest place.</param>
    /// <param name="below">The place after the highest.</param>
    /// <param name="most">How many.</param>
    public IReadOnlyList<(long Place, Guid Id)> Messages(SearchQuery query, IReadOnlyCollection<Guid>? conversations, long from, long below, int most)
    {
        string match = new IndexMatch(_hasher).Messages(query, conversations);
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT m.place, m.id
            FROM (SELECT rowid FROM message_words WHERE message_words MATCH $match AND rowid >= $from AND rowid < $below ORDER BY rowid DESC LIMIT $most) h
            CROSS JOIN message m ON m.place = h.rowid
            """;
        command.Parameters.AddWithValue("$match", match);
        command.Parameters.AddWithValue("$from", from);
        command.Parameters.AddWithValue("$below", below);
        command.Parameters.AddWithValue("$most", most);
        return Read(command);
    }

    /// <summary>Identifiers of people who may be called, or have the number, that is sought; those that came last first.</summary>
    public IReadOnlyList<Guid> People(SearchQuery query, int most)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText =
            """
            SELECT p.place, p.id
            FROM (SELECT rowid FROM person_words WHERE person_words MATCH $match ORDER BY rowid DESC LIMIT $most) h
            CROSS JOIN person p ON p.place = h.rowid
            """;
        command.Parameters.AddWithValue("$match", new IndexMatch(_hasher).People(query));
        command.Parameters.AddWithValue("$most", most);
        return [.. Read(command).Select(row => row.Id)];
    }

    public void Dispose() => _connection.Dispose();

    private static List<(long Place, Guid Id)> Read(SqliteCommand command)
    {
        List<(long, Guid)> rows = [];
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add((reader.GetInt64(0), new Guid(reader.GetFieldValue<byte[]>(1), bigEndian: true)));
        }

        return rows;
    }
}

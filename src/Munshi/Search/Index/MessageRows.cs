using Microsoft.Data.Sqlite;

namespace Munshi.Search.Index;

/// <summary>The messages of an index within one transaction.</summary>
internal sealed class MessageRows : IDisposable
{
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _last;
    private readonly SqliteCommand _remove;
    private readonly SqliteCommand _removeWords;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _addWords;

    public MessageRows(SqliteConnection connection, SqliteTransaction transaction)
    {
        SqliteCommand Prepare(string text, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
        {
            SqliteCommand command = connection.CreateCommand();
            command.Transaction = transaction;
#pragma warning disable CA2100 // the literals below
            command.CommandText = text;
#pragma warning restore CA2100
            foreach ((string name, SqliteType type) in parameters)
            {
                command.Parameters.Add(name, type);
            }

            return command;
        }

        _find = Prepare("SELECT place FROM message WHERE id = $id", ("$id", SqliteType.Blob));
        _last = Prepare("SELECT max(place) FROM message WHERE place < $end", ("$end", SqliteType.Integer));
        _remove = Prepare("DELETE FROM message WHERE place = $place", ("$place", SqliteType.Integer));
        _removeWords = Prepare("DELETE FROM message_words WHERE rowid = $place", ("$place", SqliteType.Integer));
        _add = Prepare("INSERT INTO message (place, id) VALUES ($place, $id)", ("$place", SqliteType.Integer), ("$id", SqliteType.Blob));
        _addWords = Prepare(
            "INSERT INTO message_words (rowid, w, p, s, c) VALUES ($place, $w, $p, $s, $c)",
            ("$place", SqliteType.Integer), ("$w", SqliteType.Text), ("$p", SqliteType.Text), ("$s", SqliteType.Text), ("$c", SqliteType.Text));
    }

    public void Remove(Guid id)
    {
        _find.Parameters[0].Value = id.ToByteArray(bigEndian: true);
        if (_find.ExecuteScalar() is long place)
        {
            _remove.Parameters[0].Value = place;
            _remove.ExecuteNonQuery();
            _removeWords.Parameters[0].Value = place;
            _removeWords.ExecuteNonQuery();
        }
    }

    public void Add(IndexEntry entry, (string Words, string Beginnings, string Sounds) columns, string conversation)
    {
        long place = Free(entry.At);
        _add.Parameters[0].Value = place;
        _add.Parameters[1].Value = entry.Id.ToByteArray(bigEndian: true);
        _add.ExecuteNonQuery();
        _addWords.Parameters[0].Value = place;
        _addWords.Parameters[1].Value = columns.Words;
        _addWords.Parameters[2].Value = columns.Beginnings;
        _addWords.Parameters[3].Value = columns.Sounds;
        _addWords.Parameters[4].Value = conversation;
        _addWords.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in (ReadOnlySpan<SqliteCommand>)[_find, _last, _remove, _removeWords, _add, _addWords])
        {
            command.Dispose();
        }
    }

    /// <summary>The first free row of the second, or of the first later one that has one.</summary>
    private long Free(DateTimeOffset at)
    {
        for (long second = Place.Of(at); ; second += Place.RowsInSecond)
        {
            _last.Parameters[0].Value = second + Place.RowsInSecond;
            long next = _last.ExecuteScalar() is long last && last >= second ? last + 1 : second;
            if (next < second + Place.RowsInSecond)
            {
                return next;
            }
        }
    }
}

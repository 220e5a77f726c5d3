using Microsoft.Data.Sqlite;

namespace Munshi.Search.Index;

/// <summary>The people of an index within one transaction.</summary>
internal sealed class PersonRows : IDisposable
{
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _removeWords;
    private readonly SqliteCommand _put;
    private readonly SqliteCommand _addWords;

    public PersonRows(SqliteConnection connection, SqliteTransaction transaction)
    {
        _find = connection.CreateCommand();
        _find.CommandText = "SELECT place, content FROM person WHERE id = $id";
        _find.Parameters.Add("$id", SqliteType.Blob);
        _removeWords = connection.CreateCommand();
        _removeWords.CommandText = "DELETE FROM person_words WHERE rowid = $place";
        _removeWords.Parameters.Add("$place", SqliteType.Integer);
        _put = connection.CreateCommand();
        _put.CommandText = "INSERT INTO person (id, content) VALUES ($id, $content) ON CONFLICT (id) DO UPDATE SET content = excluded.content RETURNING place";
        _put.Parameters.Add("$id", SqliteType.Blob);
        _put.Parameters.Add("$content", SqliteType.Blob);
        _addWords = connection.CreateCommand();
        _addWords.CommandText = "INSERT INTO person_words (rowid, w, p, s, d) VALUES ($place, $w, $p, $s, $d)";
        _addWords.Parameters.Add("$place", SqliteType.Integer);
        _addWords.Parameters.Add("$w", SqliteType.Text);
        _addWords.Parameters.Add("$p", SqliteType.Text);
        _addWords.Parameters.Add("$s", SqliteType.Text);
        _addWords.Parameters.Add("$d", SqliteType.Text);
        foreach (SqliteCommand command in All)
        {
            command.Transaction = transaction;
        }
    }

    private SqliteCommand[] All => [_find, _removeWords, _put, _addWords];

    public void Put(IndexPerson person, IndexText text)
    {
        (string words, string beginnings, string sounds) = text.Columns(person.Name is null ? [] : [person.Name]);
        string digits = person.Phone is null ? "" : text.DigitsColumn(person.Phone);
        byte[] content = IndexFile.ContentOf($"{words}|{beginnings}|{digits}");
        byte[] id = person.Id.ToByteArray(bigEndian: true);
        if (Known(id) is { } known)
        {
            if (known.Content.AsSpan().SequenceEqual(content))
            {
                return;
            }

            _removeWords.Parameters[0].Value = known.Place;
            _removeWords.ExecuteNonQuery();
        }

        _put.Parameters[0].Value = id;
        _put.Parameters[1].Value = content;
        _addWords.Parameters[0].Value = (long)_put.ExecuteScalar()!;
        _addWords.Parameters[1].Value = words;
        _addWords.Parameters[2].Value = beginnings;
        _addWords.Parameters[3].Value = sounds;
        _addWords.Parameters[4].Value = digits;
        _addWords.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in All)
        {
            command.Dispose();
        }
    }

    private (long Place, byte[] Content)? Known(byte[] id)
    {
        _find.Parameters[0].Value = id;
        using SqliteDataReader reader = _find.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    }
}

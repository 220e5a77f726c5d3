using Munshi.Database;
using Munshi.Keyring;
using Munshi.Knowledge;
using Munshi.Vault;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>What the business answers with: every revision of its knowledge, its templates, and the numbers that it is reached by. No token is among it.</summary>
internal sealed class AnswerData(DataPages pages, WordOpener opener)
{
    private const string Entries =
        """
        SELECT e.row_id, e.entry_id, e.revision, e.retired, e.created_at, e.entry_sealed, k.key_id
        FROM knowledge.entry e JOIN workspace.workspace_key k ON k.client_id = $1 AND k.purpose = 'secret'
        WHERE e.client_id = $1 AND e.row_id > $2 ORDER BY e.row_id LIMIT $3
        """;

    private const string Templates =
        """
        SELECT id, number_id, name, language, category, status, components::text
        FROM channel.template WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    private const string Numbers =
        """
        SELECT n.id, n.display_number_sealed, n.created_at, k.key_id
        FROM channel.number n JOIN workspace.workspace_key k ON k.client_id = $1 AND k.purpose = 'secret'
        WHERE n.client_id = $1 AND n.id > $2 ORDER BY n.id LIMIT $3
        """;

    public async Task WriteAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        await pages.WriteAsync(run, "knowledge", Entries, reader => Entry(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "templates", Templates, Template, cancellationToken);
        await pages.WriteAsync(run, "numbers", Numbers, reader => Number(run.ClientId, reader), cancellationToken);
    }

    private DataLine Entry(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        string entryId = reader.GetString(1);
        int revision = reader.GetInt32(2);
        bool retired = reader.GetBoolean(3);
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(4);
        Words entry = opener.Open(reader.GetGuid(6), new SealContext(clientId, id, KnowledgeBase.EntryColumn), reader.OrNull<byte[]>(5));
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.WriteString("name", entryId);
            json.Number("revision", revision);
            json.WriteBoolean("retired", retired);
            json.Time("createdAt", createdAt);
            if (entry.Text is { } text)
            {
                json.WritePropertyName("entry");
                json.WriteRawValue(text);
            }
            else
            {
                json.WriteNull("entry");
            }

            json.Loss(entry.Loss);
        });
    }

    private static DataLine Template(NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid number = reader.GetGuid(1);
        string name = reader.GetString(2);
        string language = reader.GetString(3);
        string category = reader.GetString(4);
        string status = reader.GetString(5);
        string components = reader.GetString(6);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("number", number);
            json.WriteString("name", name);
            json.WriteString("language", language);
            json.WriteString("category", category);
            json.WriteString("status", status);
            json.WritePropertyName("components");
            json.WriteRawValue(components);
        });
    }

    private DataLine Number(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Words number = opener.Open(reader.GetGuid(3), new SealContext(clientId, id, Channels.Numbers.DisplayColumn), reader.OrNull<byte[]>(1));
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(2);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.WriteString("number", number.Text);
            json.Time("createdAt", createdAt);
            json.Loss(number.Loss);
        });
    }
}

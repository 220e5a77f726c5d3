using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Labels;
using Munshi.Vault.Notes;
using Munshi.Vault.Views;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>Conversations as the inbox has them, with what was done with them, their labels and notes, and the views that people saved.</summary>
internal sealed class ConversationData(DataPages pages, WordOpener opener)
{
    private const string Conversations =
        """
        SELECT id, contact_id, number_id, state, snoozed_until, label_ids, owner_kind, owner_person_id, opened_at, last_at, inbound_count, read_count, greeted_at, superseded_by
        FROM vault.conversation WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    private const string Events =
        "SELECT id, conversation_id, kind, actor, at, until FROM vault.conversation_event WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3";

    private const string Notes =
        """
        SELECT n.id, n.conversation_id, n.identifier_id, n.person_id, n.at, n.key_id, CASE WHEN r.note_id IS NULL THEN n.text_sealed END, r.person_id, r.at
        FROM vault.note n LEFT JOIN vault.note_removal r ON r.client_id = $1 AND r.note_id = n.id
        WHERE n.client_id = $1 AND n.id > $2 ORDER BY n.id LIMIT $3
        """;

    private const string LabelNames =
        """
        SELECT l.id, l.name_sealed, l.colour, l.created_at, l.retired_at, k.key_id
        FROM vault.label l JOIN workspace.workspace_key k ON k.client_id = $1 AND k.purpose = 'secret'
        WHERE l.client_id = $1 AND l.id > $2 ORDER BY l.id LIMIT $3
        """;

    private const string Views =
        """
        SELECT v.id, v.person_id, v.name_sealed, v.tab, v.state, v.label_id, v.created_at, v.removed_at, k.key_id
        FROM vault.saved_view v JOIN workspace.workspace_key k ON k.client_id = $1 AND k.purpose = 'secret'
        WHERE v.client_id = $1 AND v.id > $2 ORDER BY v.id LIMIT $3
        """;

    public async Task WriteAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        await pages.WriteAsync(run, "notes", Notes, reader => Note(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "conversation-events", Events, Event, cancellationToken);
        await pages.WriteAsync(run, "conversations", Conversations, Conversation, cancellationToken);
        await pages.WriteAsync(run, "saved-views", Views, reader => View(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "labels", LabelNames, reader => Label(run.ClientId, reader), cancellationToken);
    }

    private static DataLine Conversation(NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid contact = reader.GetGuid(1);
        Guid? number = reader.ValueOrNull<Guid>(2);
        string state = reader.GetString(3);
        DateTimeOffset? snoozedUntil = reader.ValueOrNull<DateTimeOffset>(4);
        Guid[] labels = reader.GetFieldValue<Guid[]>(5);
        string owner = reader.GetString(6);
        Guid? person = reader.ValueOrNull<Guid>(7);
        DateTimeOffset openedAt = reader.GetFieldValue<DateTimeOffset>(8);
        DateTimeOffset lastAt = reader.GetFieldValue<DateTimeOffset>(9);
        long inbound = reader.GetInt64(10);
        long read = reader.GetInt64(11);
        DateTimeOffset? greetedAt = reader.ValueOrNull<DateTimeOffset>(12);
        Guid? goesOnIn = reader.ValueOrNull<Guid>(13);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("contact", contact);
            json.Id("number", number);
            json.WriteString("state", state);
            json.Time("snoozedUntil", snoozedUntil);
            json.Ids("labels", labels);
            json.WriteString("owner", owner);
            json.Id("person", person);
            json.Time("openedAt", openedAt);
            json.Time("lastAt", lastAt);
            json.Number("inbound", inbound);
            json.Number("read", read);
            json.Time("greetedAt", greetedAt);
            json.Id("goesOnIn", goesOnIn);
        });
    }

    private static DataLine Event(NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid conversation = reader.GetGuid(1);
        string kind = reader.GetString(2);
        string actor = reader.GetString(3);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(4);
        DateTimeOffset? until = reader.ValueOrNull<DateTimeOffset>(5);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("conversation", conversation);
            json.WriteString("kind", kind);
            json.WriteString("actor", actor);
            json.Time("at", at);
            json.Time("until", until);
        });
    }

    /// <remarks>One that was deleted has no words, as on the pages.</remarks>
    private DataLine Note(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid conversation = reader.GetGuid(1);
        Guid identifier = reader.GetGuid(2);
        Guid person = reader.GetGuid(3);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(4);
        Words text = opener.Open(reader.GetGuid(5), new SealContext(clientId, id, NoteRecord.TextColumn), reader.OrNull<byte[]>(6));
        Guid? deletedBy = reader.ValueOrNull<Guid>(7);
        DateTimeOffset? deletedAt = reader.ValueOrNull<DateTimeOffset>(8);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("conversation", conversation);
            json.Id("identifier", identifier);
            json.Id("person", person);
            json.Time("at", at);
            json.WriteString("text", text.Text);
            if (deletedAt is not null)
            {
                json.Time("deleted", deletedAt);
                json.Id("deletedBy", deletedBy);
            }

            json.Loss(text.Loss);
        });
    }

    private DataLine Label(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Words name = opener.Open(reader.GetGuid(5), new SealContext(clientId, id, LabelBook.NameColumn), reader.OrNull<byte[]>(1));
        string colour = reader.GetString(2);
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(3);
        DateTimeOffset? retiredAt = reader.ValueOrNull<DateTimeOffset>(4);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.WriteString("name", name.Text);
            json.WriteString("colour", colour);
            json.Time("createdAt", createdAt);
            json.Time("retiredAt", retiredAt);
            json.Loss(name.Loss);
        });
    }

    private DataLine View(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid person = reader.GetGuid(1);
        Words name = opener.Open(reader.GetGuid(8), new SealContext(clientId, id, SavedViews.NameColumn), reader.OrNull<byte[]>(2));
        string tab = reader.GetString(3);
        string state = reader.GetString(4);
        Guid? label = reader.ValueOrNull<Guid>(5);
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(6);
        DateTimeOffset? removedAt = reader.ValueOrNull<DateTimeOffset>(7);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("person", person);
            json.WriteString("name", name.Text);
            json.WriteString("tab", tab);
            json.WriteString("state", state);
            json.Id("label", label);
            json.Time("createdAt", createdAt);
            json.Time("removedAt", removedAt);
            json.Loss(name.Loss);
        });
    }
}

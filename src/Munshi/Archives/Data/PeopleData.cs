using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Npgsql;

namespace Munshi.Archives.Data;

/// <summary>Customers: who they are, what is noted of them, what they chose about marketing messages; and the names of the workspace's own people.</summary>
internal sealed class PeopleData(WorkspaceDatabase database, DataPages pages, WordOpener opener)
{
    private const string Contacts = "SELECT id, created_at, opted_out_at FROM vault.contact WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3";

    private const string Identifiers =
        """
        SELECT i.id, i.contact_id, i.kind, i.value_sealed, i.name_sealed, i.created_at, d.key_id, i.opted_out_at, i.opted_in_at
        FROM vault.identifier i
        LEFT JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
        WHERE i.client_id = $1 AND i.id > $2 ORDER BY i.id LIMIT $3
        """;

    private const string Events =
        """
        SELECT id, kind, contact_id, other_contact_id, identifier_ids, conversation_ids, superseded_ids, resumed_ids, undoes, actor, at
        FROM vault.contact_event WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    private const string Choices =
        """
        SELECT id, identifier_id, number_id, choice, at, received_at, key_id, raw_sealed
        FROM vault.marketing_choice WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    private const string Fields =
        """
        SELECT f.id, f.name_sealed, f.created_at, f.retired_at, k.key_id
        FROM vault.field f JOIN workspace.workspace_key k ON k.client_id = $1 AND k.purpose = 'secret'
        WHERE f.client_id = $1 AND f.id > $2 ORDER BY f.id LIMIT $3
        """;

    private const string Values =
        """
        SELECT id, field_id, identifier_id, person_id, at, key_id, value_sealed
        FROM vault.field_value WHERE client_id = $1 AND id > $2 ORDER BY id LIMIT $3
        """;

    private const string Members =
        """
        SELECT m.person_id, m.role, m.name_sealed, m.created_at, k.key_id
        FROM access.membership m JOIN workspace.workspace_key k ON k.client_id = $1 AND k.purpose = 'secret'
        WHERE m.client_id = $1 AND m.person_id > $2 ORDER BY m.person_id LIMIT $3
        """;

    /// <summary>How often customers were joined or separated.</summary>
    public Task<long> CountEventsAsync(Guid clientId, CancellationToken cancellationToken) => database.RowAsync(
        clientId, new Statement("SELECT count(*) FROM vault.contact_event WHERE client_id = $1").Uuid(clientId), reader => reader.GetInt64(0), cancellationToken);

    /// <summary>What others refer to comes last: nothing that is referred to came after what refers to it was read.</summary>
    public async Task WriteAsync(ArchiveRun run, CancellationToken cancellationToken)
    {
        await pages.WriteAsync(run, "marketing-choices", Choices, reader => Choice(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "field-values", Values, reader => Value(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "fields", Fields, reader => Field(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "contact-events", Events, Event, cancellationToken);
        await pages.WriteAsync(run, "identifiers", Identifiers, reader => Identifier(run.ClientId, reader), cancellationToken);
        await pages.WriteAsync(run, "contacts", Contacts, Contact, cancellationToken);
        await pages.WriteAsync(run, "people", Members, reader => Person(run.ClientId, reader), cancellationToken);
    }

    private static DataLine Contact(NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(1);
        DateTimeOffset? optedOutAt = reader.ValueOrNull<DateTimeOffset>(2);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Time("createdAt", createdAt);
            json.Time("optedOutAt", optedOutAt);
        });
    }

    private static DataLine Event(NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        string kind = reader.GetString(1);
        Guid contact = reader.GetGuid(2);
        Guid other = reader.GetGuid(3);
        Guid[] identifiers = reader.GetFieldValue<Guid[]>(4);
        Guid[] conversations = reader.GetFieldValue<Guid[]>(5);
        Guid[] superseded = reader.GetFieldValue<Guid[]>(6);
        Guid[] resumed = reader.GetFieldValue<Guid[]>(7);
        Guid? undoes = reader.ValueOrNull<Guid>(8);
        string actor = reader.GetString(9);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(10);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.WriteString("kind", kind);
            json.Id("contact", contact);
            json.Id("other", other);
            json.Ids("identifiers", identifiers);
            json.Ids("conversations", conversations);
            json.Ids("superseded", superseded);
            json.Ids("resumed", resumed);
            json.Id("undoes", undoes);
            json.WriteString("actor", actor);
            json.Time("at", at);
        });
    }

    private DataLine Identifier(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid contact = reader.GetGuid(1);
        string kind = reader.GetString(2);
        Guid key = reader.ValueOrNull<Guid>(6) ?? Guid.Empty;
        Words value = ErasedIdentifier.Told(id, opener.Open(key, new SealContext(clientId, id, Correspondents.ValueColumn), reader.OrNull<byte[]>(3)));
        Words name = opener.Open(key, new SealContext(clientId, id, Correspondents.NameColumn), reader.OrNull<byte[]>(4));
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(5);
        DateTimeOffset? optedOutAt = reader.ValueOrNull<DateTimeOffset>(7);
        DateTimeOffset? optedInAt = reader.ValueOrNull<DateTimeOffset>(8);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("contact", contact);
            json.WriteString("kind", kind);
            json.WriteString("value", value.Text);
            json.WriteString("name", name.Text);
            json.Time("createdAt", createdAt);
            json.Time("optedOutAt", optedOutAt);
            json.Time("optedInAt", optedInAt);
            json.Loss(value.Loss, name.Loss);
        });
    }

    private DataLine Choice(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid identifier = reader.GetGuid(1);
        Guid number = reader.GetGuid(2);
        string choice = reader.GetString(3);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(4);
        DateTimeOffset receivedAt = reader.GetFieldValue<DateTimeOffset>(5);
        (byte[]? raw, WordsLoss loss) = opener.OpenBytes(reader.GetGuid(6), new SealContext(clientId, id, MarketingChoiceRecord.RawColumn), reader.OrNull<byte[]>(7));
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("identifier", identifier);
            json.Id("number", number);
            json.WriteString("choice", choice);
            json.Time("at", at);
            json.Time("receivedAt", receivedAt);
            json.Base64("raw", raw);
            json.Loss(loss);
        });
    }

    private DataLine Field(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Words name = opener.Open(reader.GetGuid(4), new SealContext(clientId, id, FieldBook.NameColumn), reader.OrNull<byte[]>(1));
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(2);
        DateTimeOffset? retiredAt = reader.ValueOrNull<DateTimeOffset>(3);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.WriteString("name", name.Text);
            json.Time("createdAt", createdAt);
            json.Time("retiredAt", retiredAt);
            json.Loss(name.Loss);
        });
    }

    private DataLine Value(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        Guid field = reader.GetGuid(1);
        Guid identifier = reader.GetGuid(2);
        Guid person = reader.GetGuid(3);
        DateTimeOffset at = reader.GetFieldValue<DateTimeOffset>(4);
        Words value = opener.Open(reader.GetGuid(5), new SealContext(clientId, id, FieldValueRecord.ValueColumn), reader.OrNull<byte[]>(6));
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.Id("field", field);
            json.Id("identifier", identifier);
            json.Id("person", person);
            json.Time("at", at);
            json.WriteString("value", value.Text);
            json.Loss(value.Loss);
        });
    }

    private DataLine Person(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        string role = reader.GetString(1);
        Words name = opener.Open(reader.GetGuid(4), new SealContext(clientId, id, Access.Members.NameColumn), reader.OrNull<byte[]>(2));
        DateTimeOffset createdAt = reader.GetFieldValue<DateTimeOffset>(3);
        return new DataLine(id, json =>
        {
            json.Id("id", id);
            json.WriteString("name", name.Text);
            json.WriteString("role", role);
            json.Time("createdAt", createdAt);
            json.Loss(name.Loss);
        });
    }
}

using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault.Fields;

/// <summary>What is noted of each customer, under the workspace's own fields. A change is a new value; the newest counts.</summary>
internal sealed class FieldValues(WorkspaceDatabase database, FieldBook book, DataKeys dataKeys, WordOpener opener, TimeProvider clock)
{
    /// <summary>The longest value, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    private const string ObjectKind = "field-value";

    private const string Insert =
        """
        INSERT INTO vault.field_value (client_id, id, field_id, identifier_id, person_id, at, key_id, value_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private static readonly string Select = Sql.Read("Vault/Fields/field_values.sql");

    /// <summary>One for each field of the workspace, in their order, of whoever the conversation is with.</summary>
    public async Task<IReadOnlyList<FieldValue>> ListAsync(Guid clientId, Guid conversationId, CancellationToken cancellationToken)
    {
        IReadOnlyList<Field> fields = await book.ListAsync(clientId, cancellationToken);
        if (fields.Count == 0)
        {
            return [];
        }

        IReadOnlyList<(Guid FieldId, Guid Id, Words Words)> rows = await database.RowsAsync(
            clientId,
            new Statement(Select).Uuid(clientId).Uuid(conversationId),
            reader => Read(clientId, reader),
            cancellationToken);
        Dictionary<Guid, (Guid FieldId, Guid Id, Words Words)> noted = rows.ToDictionary(row => row.FieldId);
        return [.. fields.Select(field => noted.TryGetValue(field.Id, out (Guid FieldId, Guid Id, Words Words) row)
            ? new FieldValue(field, row.Words.Text, row.Words.Loss, row.Id)
            : new FieldValue(field, null, WordsLoss.None, null))];
    }

    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation with the customer.</param>
    /// <param name="fieldId">Which field.</param>
    /// <param name="text">At most <see cref="MaxLength"/>; empty takes the value away.</param>
    /// <param name="seen">The version of the value that the person saw.</param>
    /// <param name="personId">Who notes it.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<FieldOutcome> SetAsync(
        Guid clientId, Guid conversationId, Guid fieldId, string text, Guid? seen, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaxLength);
        DateTimeOffset now = clock.GetMicrosecondNow();
        return database.TransactAsync(clientId, async transaction =>
        {
            Guid contactId = await transaction.RowAsync(
                new Statement("SELECT contact_id FROM vault.conversation WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(conversationId), reader => reader.GetGuid(0));
            transaction.Queue(ContactLocks.Alone(contactId)); // who has several conversations has one value
            if (await Conversations.LockAsync(transaction, conversationId) is null || !await FieldBook.HasAsync(transaction, fieldId))
            {
                return FieldOutcome.Unknown;
            }

            IReadOnlyList<(Guid FieldId, Guid Id, Words Words)> noted = await transaction.RowsAsync(
                new Statement(Select).Uuid(clientId).Uuid(conversationId),
                reader => Read(clientId, reader));
            (Guid FieldId, Guid Id, Words Words) present = noted.FirstOrDefault(row => row.FieldId == fieldId);
            if (present.Words.Loss is WordsLoss.None && (present.Words.Text ?? "") == text)
            {
                return FieldOutcome.Done;
            }

            if (present.Id != (seen ?? Guid.Empty))
            {
                return FieldOutcome.Overtaken;
            }

            await WriteAsync(transaction, conversationId, fieldId, text, personId, now);
            return FieldOutcome.Done;
        }, cancellationToken);
    }

    private async Task WriteAsync(WorkspaceTransaction transaction, Guid conversationId, Guid fieldId, string text, Guid personId, DateTimeOffset now)
    {
        Guid clientId = transaction.ClientId;
        Guid id = Guid.CreateVersion7(now);
        Guid identifierId = await ConversationIdentifier.FindAsync(transaction, conversationId);
        DataKey key = await dataKeys.GetAsync(transaction, identifierId, DataKeys.Identity, now);
        FieldValueRecord record = new(id, fieldId, identifierId, personId, now, key.Id);
        byte[]? value = text.Length == 0 ? null : Encoding.UTF8.GetBytes(text);
        byte[]? sealedValue = value is null ? null : SealedValue.Seal(key.Material, new SealContext(clientId, id, FieldValueRecord.ValueColumn), value);
        transaction.Queue(new Statement(Insert)
            .Uuid(clientId).Uuid(id).Uuid(fieldId).Uuid(identifierId).Uuid(personId).Time(now).Uuid(key.Id).Bytes(sealedValue));
        AuditTrail.Record(transaction, new AuditEvent(
            Actor.Person(personId), "field-value.written", ObjectKind, id, now, record.Commit(key.Material, value), RecordCommitment.HashCiphertexts(sealedValue)));
        Signals.Conversation(transaction, conversationId);
    }

    private (Guid FieldId, Guid Id, Words Words) Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(1);
        return (reader.GetGuid(0), id, opener.Open(reader.GetGuid(2), new SealContext(clientId, id, FieldValueRecord.ValueColumn), reader.OrNull<byte[]>(3)));
    }
}

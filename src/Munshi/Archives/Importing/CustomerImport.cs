using System.Text;
using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Workspaces;

namespace Munshi.Archives.Importing;

/// <summary>Customers, each identifier under an identity key and a look-up of this installation, and what is noted of them.</summary>
internal sealed class CustomerImport(LineBatches batches, WorkspaceKeys workspaceKeys, KeyCustodian custodian, DataKeys dataKeys, TimeProvider clock)
{
    private const string Contacts = "SELECT id FROM vault.contact WHERE client_id = $1 AND id = ANY ($2)";
    private const string Identifiers = "SELECT id FROM vault.identifier WHERE client_id = $1 AND id = ANY ($2)";
    private const string Values = "SELECT id FROM vault.field_value WHERE client_id = $1 AND id = ANY ($2)";

    private const string InsertContact = "INSERT INTO vault.contact (client_id, id, created_at, opted_out_at) VALUES ($1, $2, $3, $4)";

    private const string InsertIdentifier =
        """
        INSERT INTO vault.identifier (client_id, id, contact_id, kind, lookup, value_sealed, name_sealed, created_at, opted_out_at, opted_in_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string Events = "SELECT id FROM vault.contact_event WHERE client_id = $1 AND id = ANY ($2)";

    private const string InsertEvent =
        """
        INSERT INTO vault.contact_event (client_id, id, kind, contact_id, other_contact_id, identifier_ids, conversation_ids, superseded_ids, resumed_ids, undoes, actor, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string InsertKey = "INSERT INTO vault.data_key (client_id, identifier_id, period, key_id, created_at) VALUES ($1, $2, $3, $4, $5)";

    private const string InsertValue =
        """
        INSERT INTO vault.field_value (client_id, id, field_id, identifier_id, person_id, at, key_id, value_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    public async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        await batches.EachAsync(workspace, DataFiles.Contacts, AddContactsAsync, cancellationToken);
        await batches.EachAsync(
            workspace, DataFiles.ContactEvents, (transaction, batch) => AddEventsAsync(transaction, [.. batch.Where(line => line.Undoes is null)]), cancellationToken);
        await batches.EachAsync(workspace, DataFiles.ContactEvents, AddEventsAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Identifiers, AddIdentifiersAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.FieldValues, AddValuesAsync, cancellationToken);
    }

    private async Task AddContactsAsync(WorkspaceTransaction transaction, IReadOnlyList<ContactLine> batch)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        foreach (ContactLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Contacts))
        {
            transaction.Queue(new Statement(InsertContact).Uuid(transaction.ClientId).Uuid(line.Id).Time(line.CreatedAt).Time(line.OptedOutAt));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "contact.created", "contact", line.Id, now));
            if (line.OptedOutAt is not null)
            {
                AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "contact.opted-out", "contact", line.Id, now));
            }
        }
    }

    /// <summary>What was joined and separated, of which the archive's own rows tell the end. A merge comes before the split that takes it back.</summary>
    private async Task AddEventsAsync(WorkspaceTransaction transaction, IReadOnlyList<ContactEventLine> batch)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        foreach (ContactEventLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Events))
        {
            transaction.Queue(new Statement(InsertEvent)
                .Uuid(transaction.ClientId).Uuid(line.Id).Text(line.Kind).Uuid(line.ContactId).Uuid(line.OtherId)
                .Uuids([.. line.Identifiers]).Uuids([.. line.Conversations]).Uuids([.. line.Superseded]).Uuids([.. line.Resumed])
                .Uuid(line.Undoes).Text(line.Actor).Time(line.At));
            AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, line.Kind == "merged" ? "contact.merged" : "contact.split", "contact", line.OtherId, now));
        }
    }

    private async Task AddIdentifiersAsync(WorkspaceTransaction transaction, IReadOnlyList<IdentifierLine> batch)
    {
        Guid clientId = transaction.ClientId;
        DateTimeOffset now = clock.GetMicrosecondNow();
        foreach (IdentifierLine line in await LineBatches.NewAsync(transaction, batch, line => line.Id, Identifiers))
        {
            Guid keyId = custodian.Take();
            KeyMaterial identity = custodian.Get(keyId);
            byte[] value = Encoding.UTF8.GetBytes(line.Value ?? ErasedIdentifier.ValueOf(line.Id));
            byte[] lookup = await workspaceKeys.LookupAsync(clientId, line.Kind, value, transaction.CancellationToken);
            byte[] sealedValue = SealedValue.Seal(identity, new SealContext(clientId, line.Id, Correspondents.ValueColumn), value);
            byte[]? name = line.Name is null ? null : SealedValue.Seal(identity, new SealContext(clientId, line.Id, Correspondents.NameColumn), line.Name);
            transaction.Queue(new Statement(InsertIdentifier)
                .Uuid(clientId).Uuid(line.Id).Uuid(line.ContactId).Text(line.Kind).Bytes(lookup).Bytes(sealedValue).Bytes(name)
                .Time(line.CreatedAt).Time(line.OptedOutAt).Time(line.OptedInAt));
            transaction.Queue(new Statement(InsertKey).Uuid(clientId).Uuid(line.Id).Int(DataKeys.Identity).Uuid(keyId).Time(now));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Operator,
                "identifier.added",
                "identifier",
                line.Id,
                now,
                Correspondents.Commit(identity, line.Id, line.Kind, value),
                RecordCommitment.HashCiphertexts(sealedValue)));
        }
    }

    private async Task AddValuesAsync(WorkspaceTransaction transaction, IReadOnlyList<FieldValueLine> batch)
    {
        Guid clientId = transaction.ClientId;
        DateTimeOffset now = clock.GetMicrosecondNow();
        IReadOnlyList<FieldValueLine> fresh = await LineBatches.NewAsync(transaction, batch, line => line.Id, Values);
        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction, [.. fresh.Select(line => (line.IdentifierId, DataKeys.Identity)).Distinct()], now);
        foreach (FieldValueLine line in fresh)
        {
            DataKey key = keys[(line.IdentifierId, DataKeys.Identity)];
            FieldValueRecord record = new(line.Id, line.FieldId, line.IdentifierId, line.PersonId, line.At, key.Id);
            byte[]? value = line.Value is null ? null : Encoding.UTF8.GetBytes(line.Value);
            byte[]? sealedValue = value is null ? null : SealedValue.Seal(key.Material, new SealContext(clientId, line.Id, FieldValueRecord.ValueColumn), value);
            transaction.Queue(new Statement(InsertValue)
                .Uuid(clientId).Uuid(line.Id).Uuid(line.FieldId).Uuid(line.IdentifierId).Uuid(line.PersonId).Time(line.At).Uuid(key.Id).Bytes(sealedValue));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Operator, "field-value.written", "field-value", line.Id, now, record.Commit(key.Material, value), RecordCommitment.HashCiphertexts(sealedValue)));
        }
    }
}

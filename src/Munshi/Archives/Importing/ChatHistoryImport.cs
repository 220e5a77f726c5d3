using System.Text;
using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.Vault.Importing;

namespace Munshi.Archives.Importing;

/// <summary>Imported chats and what each of them saw, so that the same export adds nothing once more, and what was taken back stays so.</summary>
internal sealed class ChatHistoryImport(LineBatches batches, DataKeys dataKeys, TimeProvider clock)
{
    private const string LostPurpose = "archived-import";
    private const string Chats = "SELECT id FROM vault.import WHERE client_id = $1 AND id = ANY ($2)";
    private const string Files = "SELECT file_lookup FROM vault.import WHERE client_id = $1 AND file_lookup = ANY ($2)";
    private const string Keys = "SELECT id, key_id FROM vault.message WHERE client_id = $1 AND id = ANY ($2)";

    private const string InsertChat =
        """
        INSERT INTO vault.import (client_id, id, conversation_id, identifier_id, file_lookup, time_zone, date_order, at, key_id, file_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private const string InsertWithdrawal = "INSERT INTO vault.withdrawn_import (client_id, import_id, withdrawn, at) VALUES ($1, $2, true, $3)";

    private const string InsertObservations =
        """
        INSERT INTO vault.observation (client_id, import_id, ordinal, message_id, outcome, key_id, raw_sealed)
        SELECT $1, o.* FROM unnest($2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::bytea[]) AS o
        ON CONFLICT (client_id, import_id, ordinal, message_id) DO NOTHING
        """;

    /// <summary>After the messages.</summary>
    public async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        await batches.EachAsync(workspace, DataFiles.Chats, AddChatsAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Observations, AddObservationsAsync, cancellationToken);
    }

    private async Task AddChatsAsync(WorkspaceTransaction transaction, IReadOnlyList<ChatLine> batch)
    {
        Guid clientId = transaction.ClientId;
        DateTimeOffset now = clock.GetMicrosecondNow();
        IReadOnlyList<ChatLine> fresh = await LineBatches.NewAsync(transaction, batch, line => line.Id, Chats);
        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction, [.. fresh.SelectMany<ChatLine, (Guid, int)>(line => [(line.IdentifierId, ArchivedPeriod.Of(line.At)), (line.IdentifierId, DataKeys.Identity)]).Distinct()], now);
        byte[] LookupOf(ChatLine line) => Lookup(line, keys[(line.IdentifierId, DataKeys.Identity)].Material);
        HashSet<string> taken = [.. (await transaction.RowsAsync(
            new Statement(Files).Uuid(clientId).BytesArray([.. fresh.Select(LookupOf)]), reader => reader.GetFieldValue<byte[]>(0))).Select(Convert.ToHexString)];
        foreach (ChatLine line in fresh)
        {
            DataKey key = keys[(line.IdentifierId, ArchivedPeriod.Of(line.At))];
            byte[] lookup = LookupOf(line);
            lookup = taken.Add(Convert.ToHexString(lookup)) ? lookup : Lost(line, keys[(line.IdentifierId, DataKeys.Identity)].Material);
            ImportRecord record = new(line.Id, line.ConversationId, line.IdentifierId, lookup, line.TimeZone, line.DateOrder, line.At, key.Id);
            byte[] file = Encoding.UTF8.GetBytes(line.File ?? "");
            byte[] sealedFile = SealedValue.Seal(key.Material, new SealContext(clientId, line.Id, ImportRecord.FileColumn), file);
            transaction.Queue(new Statement(InsertChat)
                .Uuid(clientId).Uuid(line.Id).Uuid(line.ConversationId).Uuid(line.IdentifierId).Bytes(lookup).Text(line.TimeZone).Text(line.DateOrder)
                .Time(line.At).Uuid(key.Id).Bytes(sealedFile));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Operator, "chat.imported", "import", line.Id, now, record.Commit(key.Material, file), RecordCommitment.HashCiphertexts(sealedFile)));
            if (line.IsWithdrawn)
            {
                transaction.Queue(new Statement(InsertWithdrawal).Uuid(clientId).Uuid(line.Id).Time(now));
                AuditTrail.Record(transaction, new AuditEvent(Actor.Operator, "chat.withdrawn", "import", line.Id, now));
            }
        }
    }

    private async Task AddObservationsAsync(WorkspaceTransaction transaction, IReadOnlyList<ObservationLine> batch)
    {
        Dictionary<Guid, Guid> keyOf = (await transaction.RowsAsync(
            new Statement(Keys).Uuid(transaction.ClientId).Uuids([.. batch.Select(line => line.MessageId).Distinct()]),
            reader => (Message: reader.GetGuid(0), Key: reader.GetGuid(1)))).ToDictionary(row => row.Message, row => row.Key);
        byte[]? Sealed(ObservationLine line) => line.Raw is null ? null
            : keyOf.TryGetValue(line.MessageId, out Guid key)
                ? SealedValue.Seal(dataKeys.Get(key), new SealContext(transaction.ClientId, line.MessageId, ImportedMessages.RawColumn), line.Raw)
                : throw new LineFormException("\"message\" must be one of data/messages.jsonl");
        transaction.Queue(new Statement(InsertObservations)
            .Uuid(transaction.ClientId)
            .Uuids([.. batch.Select(line => line.ImportId)])
            .Longs([.. batch.Select(line => line.Ordinal)])
            .Uuids([.. batch.Select(line => line.MessageId)])
            .Texts([.. batch.Select(line => line.Outcome)])
            .Uuids([.. batch.Select(line => line.Raw is null ? (Guid?)null : keyOf[line.MessageId])])
            .BytesArray([.. batch.Select(Sealed)]));
    }

    /// <summary>By which the same file is known again. Which chat of a phone's backup it was is not in an archive: of several, one is known by it.</summary>
    private static byte[] Lookup(ChatLine line, KeyMaterial identity) =>
        line.File is { Length: > 64 } file && file[64] == ' ' && LineForms.Hash.IsMatch(file[..64])
            ? identity.Lookup(ImportedMessages.FilePurpose, new ImportedFile("", Convert.FromHexString(file[..64]), line.TimeZone, line.DateOrder, "", null).Reading)
            : Lost(line, identity);

    private static byte[] Lost(ChatLine line, KeyMaterial identity) => identity.Lookup(LostPurpose, line.Id.ToByteArray(bigEndian: true));
}

using System.Text;
using Munshi.Archives.Importing.Lines;
using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.Vault;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Archives.Importing;

/// <summary>Messages and what became of them, sealed under the keys of this installation. Nothing is answered, sent, put to work or unread because of it.</summary>
internal sealed class MessageImport(LineBatches batches, DataKeys dataKeys, TimeProvider clock)
{
    private const string Purpose = "archived-message";
    private const string Messages = "SELECT id FROM vault.message WHERE client_id = $1 AND id = ANY ($2)";
    private const string Statuses = "SELECT id FROM vault.message_status WHERE client_id = $1 AND id = ANY ($2)";
    private const string Customers = "SELECT id, identifier_id FROM vault.message WHERE client_id = $1 AND id = ANY ($2)";

    private const string KnownReferences =
        "SELECT DISTINCT ON (message_id) message_id, reference FROM vault.provider_reference WHERE client_id = $1 AND message_id = ANY ($2) ORDER BY message_id, reference";

    private const string TakenReferences = "SELECT reference FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2)";

    private const string InsertReferences =
        """
        INSERT INTO vault.provider_reference (client_id, reference, message_id)
        SELECT $1, r.* FROM unnest($2::bytea[], $3::uuid[]) AS r ON CONFLICT (client_id, reference) DO NOTHING
        """;

    /// <summary>What names a message that came after it in the archive finds it.</summary>
    private const string Connect =
        """
        INSERT INTO vault.provider_reference (client_id, reference, message_id)
        SELECT DISTINCT $1::uuid, m.refers_to, t.id
        FROM unnest($2::uuid[], $3::uuid[]) AS r (said, meant)
        JOIN vault.message m ON m.client_id = $1 AND m.id = r.said AND m.refers_to IS NOT NULL
        JOIN vault.message t ON t.client_id = $1 AND t.id = r.meant
        ON CONFLICT (client_id, reference) DO NOTHING
        """;

    private const string InsertStatus =
        """
        INSERT INTO vault.message_status (client_id, id, message_id, status, error_code, reason, at, received_at, key_id, raw_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    public async Task WriteAsync(ImportedWorkspace workspace, CancellationToken cancellationToken)
    {
        IReadOnlySet<Guid> unseen = workspace.Data.Unseen;
        await batches.EachAsync(workspace, DataFiles.Messages, (transaction, batch) => AddAsync(transaction, [.. batch.Where(line => !unseen.Contains(line.Id))]), cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Messages, ConnectAsync, cancellationToken);
        await batches.EachAsync(workspace, DataFiles.Statuses, (transaction, batch) => AddStatusesAsync(transaction, [.. batch.Where(line => !unseen.Contains(line.MessageId))]), cancellationToken);
    }

    private async Task AddAsync(WorkspaceTransaction transaction, IReadOnlyList<MessageLine> batch)
    {
        IReadOnlyList<MessageLine> fresh = await LineBatches.NewAsync(transaction, batch, line => line.Id, Messages);
        if (fresh.Count == 0)
        {
            return;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction, [.. fresh.SelectMany<MessageLine, (Guid, int)>(line => [(line.IdentifierId, PeriodOf(line)), (line.IdentifierId, DataKeys.Identity)]).Distinct()], now);
        IReadOnlyDictionary<Guid, byte[]> own = await OwnReferencesAsync(transaction, fresh, line => keys[(line.IdentifierId, DataKeys.Identity)].Material);
        Dictionary<Guid, byte[]> known = (await transaction.RowsAsync(
            new Statement(KnownReferences).Uuid(transaction.ClientId).Uuids([.. fresh.Select(line => line.RefersTo).OfType<Guid>().Distinct()]),
            reader => (Id: reader.GetGuid(0), Reference: reader.GetFieldValue<byte[]>(1)))).ToDictionary(row => row.Id, row => row.Reference);
        MessageBatch messages = new(transaction.ClientId);
        foreach (MessageLine line in fresh)
        {
            DataKey key = keys[(line.IdentifierId, PeriodOf(line))];
            byte[]? refersTo = line.RefersTo is not { } meant ? null
                : known.GetValueOrDefault(meant) ?? own.GetValueOrDefault(meant)
                    ?? keys[(line.IdentifierId, DataKeys.Identity)].Material.Lookup(Purpose, meant.ToByteArray(bigEndian: true));
            byte[]? text = line.Text is null ? null : Encoding.UTF8.GetBytes(line.Text);
            messages.Add(Record(line, key.Id, refersTo), key.Material, text, line.Raw, Actor.Operator, "message.imported", now);
        }

        messages.Write(transaction);
        transaction.Queue(new Statement(InsertReferences).Uuid(transaction.ClientId).BytesArray([.. own.Values]).Uuids([.. own.Keys]));
    }

    private static Task ConnectAsync(WorkspaceTransaction transaction, IReadOnlyList<MessageLine> batch)
    {
        MessageLine[] naming = [.. batch.Where(line => line.RefersTo is not null)];
        if (naming.Length > 0)
        {
            transaction.Queue(new Statement(Connect)
                .Uuid(transaction.ClientId).Uuids([.. naming.Select(line => line.Id)]).Uuids([.. naming.Select(line => line.RefersTo!.Value)]));
        }

        return Task.CompletedTask;
    }

    private async Task AddStatusesAsync(WorkspaceTransaction transaction, IReadOnlyList<StatusLine> batch)
    {
        Guid clientId = transaction.ClientId;
        DateTimeOffset now = clock.GetMicrosecondNow();
        IReadOnlyList<StatusLine> fresh = await LineBatches.NewAsync(transaction, batch, line => line.Id, Statuses);
        Dictionary<Guid, Guid> customers = (await transaction.RowsAsync(
            new Statement(Customers).Uuid(clientId).Uuids([.. fresh.Select(line => line.MessageId).Distinct()]),
            reader => (Message: reader.GetGuid(0), Identifier: reader.GetGuid(1)))).ToDictionary(row => row.Message, row => row.Identifier);
        if (fresh.Any(line => !customers.ContainsKey(line.MessageId)))
        {
            throw new LineFormException("\"message\" must be one of data/messages.jsonl");
        }

        IReadOnlyDictionary<(Guid IdentifierId, int Period), DataKey> keys = await dataKeys.GetAsync(
            transaction,
            [.. fresh.SelectMany<StatusLine, (Guid, int)>(line => [(customers[line.MessageId], ArchivedPeriod.Of(line.ReceivedAt)), (customers[line.MessageId], DataKeys.Identity)]).Distinct()],
            now);
        foreach (StatusLine line in fresh)
        {
            DataKey key = keys[(customers[line.MessageId], ArchivedPeriod.Of(line.ReceivedAt))];
            StatusRecord record = new(line.Id, line.MessageId, line.Status, line.ErrorCode, line.Reason, line.At, line.ReceivedAt, key.Id);
            byte[]? sealedRaw = line.Raw is null ? null : SealedValue.Seal(key.Material, new SealContext(clientId, line.Id, MessageStatuses.RawColumn), line.Raw);
            transaction.Queue(new Statement(InsertStatus)
                .Uuid(clientId).Uuid(line.Id).Uuid(line.MessageId).Text(line.Status).Int(line.ErrorCode).Text(line.Reason)
                .Time(line.At).Time(line.ReceivedAt).Uuid(key.Id).Bytes(sealedRaw));
            AuditTrail.Record(transaction, new AuditEvent(
                Actor.Operator, "status.recorded", "status", line.Id, now, record.Commit(key.Material, line.Raw), RecordCommitment.HashCiphertexts(sealedRaw)));
        }

        (byte[] Reference, Guid Message)[] learnt =
        [
            .. from line in fresh
               where line.Raw is not null
               let told = StatusUpdate.Read(line.Raw).ProviderId
               where told is not null
               let identity = keys[(customers[line.MessageId], DataKeys.Identity)].Material
               select (new KnownIdentifier(customers[line.MessageId], identity).Reference(told!), line.MessageId),
        ];
        transaction.Queue(new Statement(InsertReferences).Uuid(clientId).BytesArray([.. learnt.Select(one => one.Reference)]).Uuids([.. learnt.Select(one => one.Message)]));
    }

    /// <summary>Under what the provider calls those that came from it, which their updates tell; a file whose placeholder has the id already has its own.</summary>
    private static async Task<IReadOnlyDictionary<Guid, byte[]>> OwnReferencesAsync(
        WorkspaceTransaction transaction, IReadOnlyList<MessageLine> lines, Func<MessageLine, KeyMaterial> identityOf)
    {
        (MessageLine Line, KnownIdentifier Author, string ProviderId)[] told =
        [
            .. from line in lines
               where line.Raw is not null && line.Source is "webhook" or PhoneMessages.Echo or PhoneMessages.History or PhoneMessages.Standby
               let providerId = line.Raw is null ? null : InboundMessage.Read(line.Raw).ProviderId
               where providerId is not null
               select (line, new KnownIdentifier(line.IdentifierId, identityOf(line)), providerId!),
        ];
        HashSet<string> taken = [.. (await transaction.RowsAsync(
            new Statement(TakenReferences).Uuid(transaction.ClientId).BytesArray([.. told.Select(one => one.Author.Reference(one.ProviderId))]),
            reader => reader.GetFieldValue<byte[]>(0))).Select(Convert.ToHexString)];
        Dictionary<Guid, byte[]> references = [];
        foreach ((MessageLine line, KnownIdentifier author, string providerId) in told)
        {
            byte[] reference = author.Reference(providerId);
            references.Add(line.Id, taken.Add(Convert.ToHexString(reference)) ? reference : author.Reference(PhoneMessages.FileId(providerId)));
        }

        return references;
    }

    /// <summary>Of what was imported from a chat, that in which it was written; of all else, that in which it came.</summary>
    private static int PeriodOf(MessageLine line) => ArchivedPeriod.Of(line.Source == "import" ? line.ProviderAt ?? line.At : line.ReceivedAt);

    private static MessageRecord Record(MessageLine line, Guid keyId, byte[]? refersTo) => new()
    {
        Id = line.Id,
        ConversationId = line.ConversationId,
        IdentifierId = line.IdentifierId,
        Direction = line.Direction,
        Author = line.Author,
        Kind = line.Kind,
        Source = line.Source,
        Turn = line.Turn,
        At = line.At,
        ProviderAt = line.ProviderAt,
        ReceivedAt = line.ReceivedAt,
        KeyId = keyId,
        RefersTo = refersTo,
    };
}

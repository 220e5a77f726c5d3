using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Vault;

/// <summary>Keeps every report on what became of a message; what is shown is the highest rank (<c>vault.current_status</c>).</summary>
internal sealed class MessageStatuses(Correspondents correspondents, DataKeys dataKeys, MarketingChoices choices, TimeProvider clock)
{
    internal const string RawColumn = "vault.message_status.raw_sealed";

    private const string Insert =
        """
        INSERT INTO vault.message_status (client_id, id, message_id, status, error_code, reason, at, received_at, key_id, raw_sealed)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (client_id, message_id, status) DO NOTHING
        RETURNING id
        """;

    /// <summary>A status that Meta reported by webhook.</summary>
    /// <param name="transaction">The transaction that also settles the update.</param>
    /// <param name="status">As read from <paramref name="raw"/>.</param>
    /// <param name="raw">The update whole.</param>
    /// <param name="receivedAt">When its delivery was acknowledged.</param>
    public async Task<ReceiptOutcome> ReceiveAsync(
        WorkspaceTransaction transaction, StatusUpdate status, ReadOnlyMemory<byte> raw, DateTimeOffset receivedAt)
    {
        if (await FindMessageAsync(transaction, status) is not { } message)
        {
            return status.ProviderId is null ? new ReceiptOutcome.Unusable("no-message-id") : new ReceiptOutcome.NotYet();
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        DataKey key = await dataKeys.GetAsync(transaction, message.IdentifierId, DataKeys.PeriodOf(receivedAt), now);
        StatusRecord record = new(
            Guid.CreateVersion7(now), message.Id, Name(status.Status), status.ErrorCode, null, status.At.AsOf(now) ?? receivedAt, receivedAt, key.Id);
        bool added = await AddAsync(transaction, record, key.Material, raw.ToArray(), Actor.Intake, message);
        if (added && status.ProviderId is not null)
        {
            await LearnReferenceAsync(transaction, message, status.ProviderId, now);
        }

        return added ? new ReceiptOutcome.Stored(record.Id) { ReportedOn = message.Id } : new ReceiptOutcome.Duplicate();
    }

    /// <summary>A status of our own making: accepted, uncertain, failed, cancelled.</summary>
    public async Task RecordAsync(
        WorkspaceTransaction transaction, OutboundReference message, string status, int? errorCode, string? reason, Actor actor)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        DataKey key = await dataKeys.GetAsync(transaction, message.IdentifierId, DataKeys.PeriodOf(now), now);
        StatusRecord record = new(Guid.CreateVersion7(now), message.Id, status, errorCode, reason, now, now, key.Id);
        await AddAsync(transaction, record, key.Material, raw: null, actor, message);
    }

    /// <summary>Keeps the provider's id of a message we sent, so that quotes of it and reactions to it find it.</summary>
    public async Task LearnReferenceAsync(WorkspaceTransaction transaction, OutboundReference message, string providerId, DateTimeOffset now)
    {
        KeyMaterial identity = (await dataKeys.GetAsync(transaction, message.IdentifierId, DataKeys.Identity, now)).Material;
        byte[] reference = new KnownIdentifier(message.IdentifierId, identity).Reference(providerId);
        transaction.Queue(new Statement(
            "INSERT INTO vault.provider_reference (client_id, reference, message_id) VALUES ($1, $2, $3) ON CONFLICT (client_id, reference) DO NOTHING")
            .Uuid(transaction.ClientId).Bytes(reference).Uuid(message.Id));
    }

    private async Task<bool> AddAsync(
        WorkspaceTransaction transaction, StatusRecord record, KeyMaterial key, byte[]? raw, Actor actor, OutboundReference message)
    {
        Guid clientId = transaction.ClientId;
        byte[]? rawSealed = raw is null ? null : SealedValue.Seal(key, new SealContext(clientId, record.Id, RawColumn), raw);
        Guid added = await transaction.RowAsync(
            new Statement(Insert).Uuid(clientId).Uuid(record.Id).Uuid(record.MessageId).Text(record.Status).Int(record.ErrorCode).Text(record.Reason)
                .Time(record.At).Time(record.ReceivedAt).Uuid(record.KeyId).Bytes(rawSealed),
            reader => reader.GetGuid(0));
        if (added == Guid.Empty)
        {
            return false;
        }

        AuditTrail.Record(transaction, new AuditEvent(
            actor, "status.recorded", "status", record.Id, record.ReceivedAt, record.Commit(key, raw), RecordCommitment.HashCiphertexts(rawSealed)));
        Signals.Conversation(transaction, message.ConversationId);
        if (record.ErrorCode == MarketingChoices.StoppedMarketing)
        {
            await choices.NoteRefusalAsync(transaction, message, record.ReceivedAt);
        }

        return true;
    }

    private async Task<OutboundReference?> FindMessageAsync(WorkspaceTransaction transaction, StatusUpdate status)
    {
        if (Guid.TryParse(status.CallbackData, out Guid messageId)
            && await OutboundReference.FindAsync(transaction, messageId) is { } ours)
        {
            return ours;
        }

        IReadOnlyList<IdentifierClaim> claims = IdentifierClaim.From(status.RecipientUserId, status.RecipientId);
        if (status.ProviderId is null || claims.Count == 0
            || await correspondents.FindAsync(transaction, claims) is not { } customer)
        {
            return null;
        }

        Guid found = await transaction.RowAsync(
            new Statement("SELECT message_id FROM vault.provider_reference WHERE client_id = $1 AND reference = ANY ($2) LIMIT 1")
                .Uuid(transaction.ClientId).BytesArray(customer.References(status.ProviderId)),
            reader => reader.GetGuid(0));
        return found == Guid.Empty ? null : await OutboundReference.FindAsync(transaction, found);
    }

    internal static string Name(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Sent => "sent",
        DeliveryStatus.Delivered => "delivered",
        DeliveryStatus.Read => "read",
        DeliveryStatus.Played => "played",
        DeliveryStatus.Failed => "failed",
        _ => "unknown",
    };
}

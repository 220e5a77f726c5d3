using Munshi.Audit;
using Munshi.Database;
using Munshi.Keyring;

namespace Munshi.Vault;

/// <summary>Writes a message once: sealed, committed to, audited.</summary>
internal static class MessageWriter
{
    private const string Insert =
        """
        INSERT INTO vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at,
            provider_at, received_at, key_id, text_sealed, raw_sealed, refers_to)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """;

    /// <param name="transaction">The transaction of the act.</param>
    /// <param name="record">The record; its times in whole microseconds, as PostgreSQL keeps them.</param>
    /// <param name="key">The key that <see cref="MessageRecord.KeyId"/> names.</param>
    /// <param name="text">What is shown, UTF-8; null where there is nothing to show.</param>
    /// <param name="raw">The provider's update whole, or the <c>interactive</c> object that we wrote; null for a plain text of ours.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">For the ledger.</param>
    public static void Write(
        WorkspaceTransaction transaction, MessageRecord record, KeyMaterial key, byte[]? text, byte[]? raw, Actor actor, string action)
    {
        Guid clientId = transaction.ClientId;
        byte[]? textSealed = text is null ? null : SealedValue.Seal(key, new SealContext(clientId, record.Id, MessageRecord.TextColumn), text);
        byte[]? rawSealed = raw is null ? null : SealedValue.Seal(key, new SealContext(clientId, record.Id, MessageRecord.RawColumn), raw);
        transaction.Queue(new Statement(Insert)
            .Uuid(clientId).Uuid(record.Id).Uuid(record.ConversationId).Uuid(record.IdentifierId).Text(record.Direction).Text(record.Author)
            .Text(record.Kind).Text(record.Source).Long(record.Turn).Time(record.At).Time(record.ProviderAt).Time(record.ReceivedAt)
            .Uuid(record.KeyId).Bytes(textSealed).Bytes(rawSealed).Bytes(record.RefersTo));
        AuditTrail.Record(transaction, new AuditEvent(
            actor, action, "message", record.Id, record.ReceivedAt, record.Commit(key, text, raw), RecordCommitment.HashCiphertexts(textSealed, rawSealed)));
    }
}

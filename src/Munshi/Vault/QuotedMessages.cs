using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Webhooks;

namespace Munshi.Vault;

/// <summary>Finds what a message of ours may quote or react to.</summary>
internal sealed class QuotedMessages(DataKeys dataKeys)
{
    private static readonly string Select = Sql.Read("Vault/quoted_message.sql");

    /// <returns>Null for a message that is not the customer's, not of this conversation, of somebody who is another contact by now, deleted, or cannot be opened any more.</returns>
    public async Task<QuotedMessage?> FindAsync(WorkspaceTransaction transaction, Guid conversationId, Guid messageId)
    {
        (Guid KeyId, byte[] Raw, byte[] Reference) found = await transaction.RowAsync(
            new Statement(Select).Uuid(transaction.ClientId).Uuid(conversationId).Uuid(messageId),
            reader => (reader.GetGuid(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        if (found.Raw is null || dataKeys.Find(found.KeyId) is not { } key)
        {
            return null;
        }

        byte[] raw = SealedValue.Open(key, new SealContext(transaction.ClientId, messageId, MessageRecord.RawColumn), found.Raw);
        return InboundMessage.Read(raw).ProviderId is { } providerId ? new QuotedMessage(messageId, providerId, found.Reference) : null;
    }
}

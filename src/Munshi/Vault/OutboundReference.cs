using Munshi.Database;

namespace Munshi.Vault;

/// <summary>A message of ours, as far as its reports need it.</summary>
/// <param name="Id">The message.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="IdentifierId">The customer's identifier whose key seals it.</param>
internal sealed record OutboundReference(Guid Id, Guid ConversationId, Guid IdentifierId)
{
    public static Task<OutboundReference?> FindAsync(WorkspaceTransaction transaction, Guid messageId) =>
        transaction.RowAsync<OutboundReference>(
            new Statement("SELECT id, conversation_id, identifier_id FROM vault.message WHERE client_id = $1 AND id = $2 AND direction = 'out'")
                .Uuid(transaction.ClientId).Uuid(messageId),
            reader => new OutboundReference(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2)));
}

using Munshi.Database;

namespace Munshi.Vault;

/// <summary>Where a message stands.</summary>
internal sealed class MessagePlaces(WorkspaceDatabase database)
{
    private const string Select = "SELECT conversation_id FROM vault.message WHERE client_id = $1 AND id = $2";

    /// <summary>Null where the workspace has no such message.</summary>
    public Task<Guid?> ConversationOfAsync(Guid clientId, Guid messageId, CancellationToken cancellationToken) => database.RowAsync(
        clientId, new Statement(Select).Uuid(clientId).Uuid(messageId), reader => (Guid?)reader.GetGuid(0), cancellationToken);
}

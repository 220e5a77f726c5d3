using Munshi.Database;

namespace Munshi.Vault;

/// <summary>From which number a conversation is held.</summary>
internal sealed class Conversing(WorkspaceDatabase database)
{
    /// <returns>Null where this workspace has no such conversation, or it is not held from a number yet.</returns>
    public Task<Guid?> NumberOfAsync(Guid clientId, Guid conversationId, CancellationToken cancellationToken) => database.RowAsync(
        clientId,
        new Statement("SELECT number_id FROM vault.conversation WHERE client_id = $1 AND id = $2").Uuid(clientId).Uuid(conversationId),
        reader => reader.ValueOrNull<Guid>(0),
        cancellationToken);
}

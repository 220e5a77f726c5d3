using Munshi.Database;

namespace Munshi.Vault;

/// <summary>The identifier whose keys seal what people write about a conversation: that of its newest message.</summary>
internal static class ConversationIdentifier
{
    private const string Select =
        """
        SELECT m.identifier_id FROM vault.conversation c
        JOIN vault.message m ON m.client_id = $1 AND m.id = c.last_message_id
        WHERE c.client_id = $1 AND c.id = $2
        """;

    /// <param name="transaction">The transaction that holds the conversation's lock.</param>
    /// <param name="conversationId">The conversation.</param>
    public static Task<Guid> FindAsync(WorkspaceTransaction transaction, Guid conversationId) => transaction.RowAsync(
        new Statement(Select).Uuid(transaction.ClientId).Uuid(conversationId), reader => reader.GetGuid(0));
}

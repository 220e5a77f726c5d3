using Munshi.Database;

namespace Munshi.Vault;

/// <summary>The identifier whose keys seal what people write about a conversation: that of its newest message, or where that went to another contact, one that is left.</summary>
internal static class ConversationIdentifier
{
    private const string Select =
        """
        SELECT i.id FROM vault.conversation c
        JOIN vault.message m ON m.client_id = $1 AND m.id = c.last_message_id
        JOIN vault.identifier i ON i.client_id = $1 AND i.contact_id = c.contact_id
        WHERE c.client_id = $1 AND c.id = $2
        ORDER BY i.id = m.identifier_id DESC, i.created_at DESC, i.id DESC
        LIMIT 1
        """;

    /// <param name="transaction">The transaction that holds the conversation's lock.</param>
    /// <param name="conversationId">The conversation.</param>
    public static Task<Guid> FindAsync(WorkspaceTransaction transaction, Guid conversationId) => transaction.RowAsync(
        new Statement(Select).Uuid(transaction.ClientId).Uuid(conversationId), reader => reader.GetGuid(0));
}

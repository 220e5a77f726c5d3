using Munshi.Database;
using Munshi.Keyring;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Opens what stands sealed in the vault, for the parts of the program that need the words.</summary>
internal sealed class MessageTexts(DataKeys dataKeys)
{
    /// <summary>One more than anybody answers at once.</summary>
    private const int MaxEarlier = 6;

    private const int MaxLater = 50;

    private const string Select =
        "SELECT id, kind, turn, conversation_id, key_id, text_sealed FROM vault.message WHERE client_id = $1 AND id = $2";

    private const string Later =
        """
        SELECT id, kind, turn, conversation_id, key_id, text_sealed FROM vault.message
        WHERE client_id = $1 AND conversation_id = $2 AND direction = 'in' AND kind <> 'reaction' AND turn > $3
        ORDER BY turn
        LIMIT $4
        """;

    private static readonly string EarlierInTurn = Sql.Read("Vault/earlier_in_turn.sql");

    /// <summary>Null when this workspace has no such message.</summary>
    public async Task<MessageText?> FindAsync(WorkspaceTransaction transaction, Guid messageId) =>
        await transaction.RowAsync<MessageText>(
            new Statement(Select).Uuid(transaction.ClientId).Uuid(messageId), reader => Read(transaction.ClientId, reader));

    /// <summary>The customer's earlier asking messages of the same turn: those after our last message, oldest first, this one not among them.</summary>
    public async Task<IReadOnlyList<MessageText>> EarlierInTurnAsync(WorkspaceTransaction transaction, MessageText message) =>
        await transaction.RowsAsync(
            new Statement(EarlierInTurn).Uuid(transaction.ClientId).Uuid(message.ConversationId).Long(message.Turn).Int(MaxEarlier),
            reader => Read(transaction.ClientId, reader));

    /// <summary>What the customer has written since.</summary>
    public async Task<IReadOnlyList<MessageText>> LaterAsync(WorkspaceTransaction transaction, MessageText message) =>
        await transaction.RowsAsync(
            new Statement(Later).Uuid(transaction.ClientId).Uuid(message.ConversationId).Long(message.Turn).Int(MaxLater),
            reader => Read(transaction.ClientId, reader));

    private MessageText Read(Guid clientId, NpgsqlDataReader reader)
    {
        Guid id = reader.GetGuid(0);
        byte[]? sealedText = reader.OrNull<byte[]>(5);
        KeyMaterial key = dataKeys.Get(reader.GetGuid(4));
        return new MessageText(
            id,
            reader.GetGuid(3),
            reader.GetString(1),
            reader.GetInt64(2),
            sealedText is null ? null : SealedValue.OpenText(key, new SealContext(clientId, id, MessageRecord.TextColumn), sealedText),
            key);
    }
}

/// <param name="Id">The message.</param>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="Kind">The provider's type.</param>
/// <param name="Turn">Its number among the customer's messages.</param>
/// <param name="Text">Null where the kind has no words.</param>
/// <param name="Key">Its data key.</param>
internal sealed record MessageText(Guid Id, Guid ConversationId, string Kind, long Turn, string? Text, KeyMaterial Key)
{
    public override string ToString() => $"{nameof(MessageText)} {Id}";
}

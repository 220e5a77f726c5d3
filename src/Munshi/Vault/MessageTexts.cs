using System.Security.Cryptography;
using Munshi.Database;
using Munshi.Keyring;
using Munshi.WhatsApp.Sending;
using Munshi.WhatsApp.Webhooks;
using Npgsql;

namespace Munshi.Vault;

/// <summary>Opens what stands sealed in the vault, for the parts of the program that need the words.</summary>
internal sealed class MessageTexts(DataKeys dataKeys)
{
    /// <summary>One more than anybody answers at once.</summary>
    private const int MaxEarlier = 6;

    private const int MaxLater = 50;

    private static readonly string One = Sql.Read("Vault/message_text.sql");
    private static readonly string Written = Sql.Read("Vault/sent_content.sql");
    private static readonly string Many = Sql.Read("Vault/message_texts.sql");
    private static readonly string Later = Sql.Read("Vault/later_messages.sql");
    private static readonly string EarlierInTurn = Sql.Read("Vault/earlier_in_turn.sql");
    private static readonly string Recent = Sql.Read("Vault/recent_messages.sql");

    /// <summary>Null when this workspace has no such message.</summary>
    public async Task<MessageText?> FindAsync(WorkspaceTransaction transaction, Guid messageId) =>
        await transaction.RowAsync<MessageText>(
            new Statement(One).Uuid(transaction.ClientId).Uuid(messageId), reader => Read(transaction.ClientId, reader));

    /// <summary>A message of ours as it was written down, whatever its kind. Null when this workspace has no such message, or it does not open any more.</summary>
    public async Task<WrittenMessage?> FindWrittenAsync(WorkspaceTransaction transaction, Guid messageId) =>
        await transaction.RowAsync<WrittenMessage?>(new Statement(Written).Uuid(transaction.ClientId).Uuid(messageId), reader =>
        {
            if (dataKeys.Find(reader.GetGuid(3)) is not { } key)
            {
                return null;
            }

            byte[]? text = reader.OrNull<byte[]>(4);
            return new WrittenMessage(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                text is null ? null : SealedValue.OpenText(key, new SealContext(transaction.ClientId, messageId, MessageRecord.TextColumn), text),
                Open(key, new SealContext(transaction.ClientId, messageId, MessageRecord.RawColumn), reader.OrNull<byte[]>(5)));
        });

    /// <summary>Those of many that this workspace has and that open, in the order of their turns.</summary>
    public async Task<IReadOnlyList<MessageText>> FindAsync(WorkspaceTransaction transaction, IEnumerable<Guid> messageIds)
    {
        IReadOnlyList<MessageText?> found = await transaction.RowsAsync(
            new Statement(Many).Uuid(transaction.ClientId).Uuids([.. messageIds]), reader => ReadIfItOpens(transaction.ClientId, reader));
        return [.. found.OfType<MessageText>()];
    }

    /// <summary>The customer's earlier asking messages of the same turn: those after our last message, oldest first, this one not among them.</summary>
    public async Task<IReadOnlyList<MessageText>> EarlierInTurnAsync(WorkspaceTransaction transaction, MessageText message) =>
        Standing(await transaction.RowsAsync(
            new Statement(EarlierInTurn).Uuid(transaction.ClientId).Uuid(message.ConversationId).Long(message.Turn).Int(MaxEarlier),
            reader => Read(transaction.ClientId, reader)));

    /// <summary>What whoever wrote it has written since.</summary>
    public async Task<IReadOnlyList<MessageText>> LaterAsync(WorkspaceTransaction transaction, MessageText message) =>
        Standing(await transaction.RowsAsync(
            new Statement(Later).Uuid(transaction.ClientId).Uuid(message.ConversationId).Long(message.Turn).Int(MaxLater).Uuid(message.Id),
            reader => Read(transaction.ClientId, reader)));

    /// <summary>
    /// What both sides said up to and with this message, oldest first, and what a choice was made on however old it is. What was withdrawn or
    /// failed, and what does not open any more, is left out.
    /// </summary>
    public async Task<IReadOnlyList<MessageText>> RecentAsync(WorkspaceTransaction transaction, MessageText message, int most)
    {
        IReadOnlyList<MessageText?> found = await transaction.RowsAsync(
            new Statement(Recent).Uuid(transaction.ClientId).Uuid(message.ConversationId).Long(message.Turn).Int(most).Uuid(message.ChoiceOf),
            reader => ReadIfItOpens(transaction.ClientId, reader));
        return Standing(found);
    }

    /// <summary>Those that open and that nobody deleted.</summary>
    private static IReadOnlyList<MessageText> Standing(IEnumerable<MessageText?> found) => [.. found.OfType<MessageText>().Where(message => !message.IsRevoked)];

    private MessageText? ReadIfItOpens(Guid clientId, NpgsqlDataReader reader)
    {
        try
        {
            return dataKeys.Find(reader.GetGuid(4)) is { } key ? Read(clientId, reader, key) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private MessageText Read(Guid clientId, NpgsqlDataReader reader) => Read(clientId, reader, dataKeys.Get(reader.GetGuid(4)));

    private static MessageText Read(Guid clientId, NpgsqlDataReader reader, KeyMaterial key)
    {
        Guid id = reader.GetGuid(0);
        string kind = reader.GetString(1);
        byte[]? text = reader.OrNull<byte[]>(5);
        byte[]? raw = Open(key, new SealContext(clientId, id, MessageRecord.RawColumn), reader.OrNull<byte[]>(9));
        return new MessageText
        {
            Id = id,
            ConversationId = reader.GetGuid(3),
            Outbound = reader.GetString(6) == "out",
            Author = reader.GetString(7),
            Kind = kind,
            Turn = reader.GetInt64(2),
            At = reader.GetFieldValue<DateTimeOffset>(8),
            Text = text is null ? null : SealedValue.OpenText(key, new SealContext(clientId, id, MessageRecord.TextColumn), text),
            Options = raw is null || kind == "reply" ? null : InteractiveJson.Read(raw),
            ChoiceId = raw is not null && kind == "reply" && InboundMessage.Read(raw).Content is ReplyContent choice ? choice.Id : null,
            ChoiceOf = reader.ValueOrNull<Guid>(10),
            IsRevoked = reader.GetBoolean(11),
            KeyId = reader.GetGuid(4),
            Key = key,
        };
    }

    private static byte[]? Open(KeyMaterial key, in SealContext context, byte[]? sealedValue) =>
        sealedValue is null ? null : SealedValue.Open(key, context, sealedValue);
}

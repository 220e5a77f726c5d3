using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary>Records what we write to a customer, before it leaves.</summary>
internal sealed class SentMessages(DataKeys dataKeys, TimeProvider clock)
{
    private const string LastIdentifier =
        """
        SELECT identifier_id FROM vault.message
        WHERE client_id = $1 AND conversation_id = $2 AND direction = 'in'
        ORDER BY at DESC, id DESC
        LIMIT 1
        """;

    /// <param name="transaction">The transaction that holds the conversation's lock.</param>
    /// <param name="conversation">As locked.</param>
    /// <param name="text">1 to 4096 characters; the body where there are options.</param>
    /// <param name="options">What the customer may choose from; kept whole, sealed, as it is sent.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="source"><c>dashboard</c> or <c>responder</c>.</param>
    /// <returns>The message's id; it also travels as <c>biz_opaque_callback_data</c>.</returns>
    public async Task<Guid> WriteAsync(
        WorkspaceTransaction transaction, ConversationState conversation, string text, ReplyOptions? options, Actor actor, string source)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid identifierId = await transaction.RowAsync(
            new Statement(LastIdentifier).Uuid(transaction.ClientId).Uuid(conversation.Id), reader => reader.GetGuid(0));
        DataKey key = await dataKeys.GetAsync(transaction, identifierId, DataKeys.PeriodOf(now), now);
        MessageRecord record = new()
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            IdentifierId = identifierId,
            Direction = "out",
            Author = actor.Pseudonym,
            Kind = KindOf(options),
            Source = source,
            Turn = conversation.InboundCount,
            At = now,
            ReceivedAt = now,
            KeyId = key.Id,
        };
        byte[]? raw = options is null ? null : InteractiveJson.Write(text, options);
        MessageWriter.Write(transaction, record, key.Material, Encoding.UTF8.GetBytes(text), raw, actor, "message.composed");
        Conversations.Touch(transaction, conversation, record.Id, now, conversation.InboundCount, conversation.WindowFrom);
        return record.Id;
    }

    private static string KindOf(ReplyOptions? options) => options switch
    {
        null => "text",
        ReplyList => "list",
        _ => "buttons",
    };
}

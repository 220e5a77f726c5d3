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
    /// <param name="content">What it holds; kept whole, sealed, as it is sent.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="source"><c>dashboard</c>, <c>responder</c> or <c>api</c>.</param>
    /// <returns>The message's id; it also travels as <c>biz_opaque_callback_data</c>.</returns>
    public async Task<Guid> WriteAsync(
        WorkspaceTransaction transaction, ConversationState conversation, SentContent content, Actor actor, string source)
    {
        DateTimeOffset now = clock.GetMicrosecondNow();
        Guid identifierId = await IdentifierAsync(transaction, conversation.Id);
        DataKey key = await dataKeys.GetAsync(transaction, identifierId, DataKeys.PeriodOf(now), now);
        MessageRecord record = new()
        {
            Id = Guid.CreateVersion7(now),
            ConversationId = conversation.Id,
            IdentifierId = identifierId,
            Direction = "out",
            Author = actor.Pseudonym,
            Kind = content.Content.Kind,
            Source = source,
            Turn = conversation.InboundCount,
            At = now,
            ReceivedAt = now,
            KeyId = key.Id,
            RefersTo = content.Quotes?.Reference,
        };
        MessageWriter.Write(transaction, record, key.Material, Encoding.UTF8.GetBytes(content.Text), content.Raw, actor, "message.composed");
        if (content.Content is OutboundReaction)
        {
            Signals.Conversation(transaction, conversation.Id);
        }
        else
        {
            Conversations.Touch(transaction, conversation, record.Id, now, conversation.InboundCount, conversation.WindowFrom);
        }

        return record.Id;
    }

    /// <summary>The key under which what we write now is sealed; null where this workspace has no such conversation, or the customer never wrote in it.</summary>
    public async Task<DataKey?> KeyAsync(WorkspaceTransaction transaction, Guid conversationId, DateTimeOffset now)
    {
        Guid identifierId = await IdentifierAsync(transaction, conversationId);
        return identifierId == Guid.Empty ? null : await dataKeys.GetAsync(transaction, identifierId, DataKeys.PeriodOf(now), now);
    }

    private static Task<Guid> IdentifierAsync(WorkspaceTransaction transaction, Guid conversationId) => transaction.RowAsync(
        new Statement(LastIdentifier).Uuid(transaction.ClientId).Uuid(conversationId), reader => reader.GetGuid(0));
}

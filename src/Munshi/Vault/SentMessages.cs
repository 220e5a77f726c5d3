using System.Text;
using Munshi.Audit;
using Munshi.Database;
using Munshi.WhatsApp.Sending;

namespace Munshi.Vault;

/// <summary>Records what we write to a customer, before it leaves.</summary>
internal sealed class SentMessages(DataKeys dataKeys, TimeProvider clock)
{
    /// <summary>Of those who wrote in the conversation, the last that is its contact's yet; where none is, one of the contact's.</summary>
    private const string LastIdentifier =
        """
        SELECT coalesce((
            SELECT m.identifier_id FROM vault.message m
            JOIN vault.identifier i ON i.client_id = $1 AND i.id = m.identifier_id AND i.contact_id = c.contact_id
            WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.direction = 'in'
            ORDER BY m.at DESC, m.id DESC
            LIMIT 1), (
            SELECT i.id FROM vault.identifier i
            WHERE i.client_id = $1 AND i.contact_id = c.contact_id
                AND EXISTS (SELECT FROM vault.message m WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.direction = 'in')
            ORDER BY i.created_at DESC, i.id DESC
            LIMIT 1))
        FROM vault.conversation c
        WHERE c.client_id = $1 AND c.id = $2
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
        new Statement(LastIdentifier).Uuid(transaction.ClientId).Uuid(conversationId), reader => reader.ValueOrNull<Guid>(0) ?? Guid.Empty);
}

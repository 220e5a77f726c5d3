using Munshi.Audit;
using Munshi.Database;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Channels.Sending;

/// <summary>A person answers. Writing takes the conversation over, unless a colleague has it.</summary>
internal sealed class Replies(WorkspaceDatabase database, Outbox outbox, MessageTexts texts, TimeProvider clock)
{
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="personId">Who writes.</param>
    /// <param name="text">1 to 4096 characters.</param>
    /// <param name="idempotencyKey">The same key sends once, and nothing but what it was first given for.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<ReplyOutcome> SendAsync(
        Guid clientId, Guid conversationId, Guid personId, string text, Guid idempotencyKey, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > SendRequest.MaxTextLength)
        {
            return new ReplyOutcome.BadText();
        }

        try
        {
            return await database.TransactAsync(
                clientId, transaction => SendAsync(transaction, conversationId, personId, text, idempotencyKey), cancellationToken);
        }
        catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "idempotency_key" })
        {
            return await database.TransactAsync(
                    clientId, transaction => EarlierAsync(transaction, conversationId, personId, text, idempotencyKey), cancellationToken)
                ?? throw new InvalidOperationException("A key that is taken names no message.", exception);
        }
    }

    private async Task<ReplyOutcome> SendAsync(WorkspaceTransaction transaction, Guid conversationId, Guid personId, string text, Guid key)
    {
        if (await Conversations.LockAsync(transaction, conversationId) is not { } conversation)
        {
            return new ReplyOutcome.Unknown();
        }

        if (await EarlierAsync(transaction, conversationId, personId, text, key) is { } earlier)
        {
            return earlier;
        }

        if (conversation.Owner == OwnerKind.Person && conversation.OwnerPersonId != personId)
        {
            return new ReplyOutcome.NotOwner();
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        if (!conversation.WindowIsOpen(now))
        {
            return new ReplyOutcome.WindowClosed();
        }

        Actor actor = Actor.Person(personId);
        long epoch = conversation.Owner == OwnerKind.Person
            ? conversation.OwnerEpoch
            : Ownership.Change(transaction, conversation, actor, OwnerKind.Person, personId, now);
        Guid messageId = await outbox.ComposeAsync(transaction, conversation, new OutboxDraft(text, actor, Withdrawable: false, epoch, Turn: null));
        transaction.Queue(new Statement("INSERT INTO channel.idempotency_key (client_id, key, message_id, created_at) VALUES ($1, $2, $3, $4)")
            .Uuid(transaction.ClientId).Uuid(key).Uuid(messageId).Time(now));
        return new ReplyOutcome.Queued(messageId);
    }

    /// <summary>What the key was used for before; null when it is new.</summary>
    private async Task<ReplyOutcome?> EarlierAsync(WorkspaceTransaction transaction, Guid conversationId, Guid personId, string text, Guid key)
    {
        Guid id = await transaction.RowAsync(
            new Statement("SELECT message_id FROM channel.idempotency_key WHERE client_id = $1 AND key = $2").Uuid(transaction.ClientId).Uuid(key),
            reader => reader.GetGuid(0));
        if (id == Guid.Empty || await texts.FindAsync(transaction, id) is not { } earlier)
        {
            return null;
        }

        return earlier.ConversationId == conversationId && earlier.Author == Actor.Person(personId).Pseudonym && earlier.Text == text
            ? new ReplyOutcome.Queued(id)
            : new ReplyOutcome.KeyTaken();
    }
}

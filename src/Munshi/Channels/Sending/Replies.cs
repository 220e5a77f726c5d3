using Munshi.Audit;
using Munshi.Channels.Templates;
using Munshi.Database;
using Munshi.Media.Sending;
using Munshi.Vault;
using Munshi.WhatsApp.Sending;
using Npgsql;

namespace Munshi.Channels.Sending;

/// <summary>A person answers, or a program with an API key writes. A person's writing takes the conversation over, unless a colleague has it.</summary>
internal sealed class Replies(WorkspaceDatabase database, Outbox outbox, MessageTexts texts, QuotedMessages quotable, TimeProvider clock)
{
    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="personId">Who writes.</param>
    /// <param name="text">1 to 4096 characters.</param>
    /// <param name="idempotencyKey">The same key sends once, and nothing but what it was first given for.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public Task<ReplyOutcome> SendAsync(
        Guid clientId, Guid conversationId, Guid personId, string text, Guid idempotencyKey, CancellationToken cancellationToken) =>
        string.IsNullOrWhiteSpace(text)
            ? Task.FromResult<ReplyOutcome>(new ReplyOutcome.BadText())
            : SendAsync(clientId, conversationId, Actor.Person(personId), new ReplyDraft(new OutboundText(text)), idempotencyKey, cancellationToken);

    /// <param name="clientId">The workspace.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="author">A person, or <see cref="Actor.Api"/>.</param>
    /// <param name="draft">What is to be sent.</param>
    /// <param name="idempotencyKey">The same key sends once, and nothing but what it was first given for.</param>
    /// <param name="cancellationToken">Honoured until the commit.</param>
    public async Task<ReplyOutcome> SendAsync(
        Guid clientId, Guid conversationId, Actor author, ReplyDraft draft, Guid idempotencyKey, CancellationToken cancellationToken)
    {
        if ((draft.Content is not OutboundReaction && !draft.Content.Fits) || (draft.Content is OutboundMedia { AwaitsUpload: true }) != (draft.File is not null))
        {
            return new ReplyOutcome.BadText();
        }

        try
        {
            return await database.TransactAsync(
                clientId, transaction => SendAsync(transaction, conversationId, author, draft, idempotencyKey), cancellationToken);
        }
        catch (PostgresException exception) when (exception is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "idempotency_key" })
        {
            return await database.TransactAsync(
                clientId, transaction => SendAsync(transaction, conversationId, author, draft, idempotencyKey), cancellationToken);
        }
    }

    private async Task<ReplyOutcome> SendAsync(
        WorkspaceTransaction transaction, Guid conversationId, Actor author, ReplyDraft draft, Guid key)
    {
        if (await Conversations.LockAsync(transaction, conversationId) is not { } conversation)
        {
            return new ReplyOutcome.Unknown();
        }

        QuotedMessage? quoted = draft.Quotes is { } quotes ? await quotable.FindAsync(transaction, conversationId, quotes) : null;
        OutboundContent content = draft.Content is OutboundReaction reaction ? reaction with { MessageId = quoted?.ProviderId ?? "" } : draft.Content;
        SentContent written = new(content, draft.Text) { Quotes = quoted };
        if (await EarlierAsync(transaction, conversationId, author, written, key) is { } earlier)
        {
            return earlier;
        }

        DateTimeOffset now = clock.GetMicrosecondNow();
        if (RefusalOf(conversation, author, draft, quoted, now) is { } refusal)
        {
            return refusal;
        }

        if (content is OutboundTemplate wanted
            && await SendGates.RefusalOfAsync(transaction, await TemplateBook.FindAsync(transaction, conversation.NumberId!.Value, wanted), conversation) is { } reason)
        {
            return reason == "opted-out-marketing" ? new ReplyOutcome.OptedOut() : new ReplyOutcome.NotApproved();
        }

        Guid messageId = await outbox.ComposeAsync(
            transaction,
            conversation,
            new OutboxDraft(content, author, Withdrawable: false, EpochOf(transaction, conversation, author, content, now), Turn: null)
            {
                Text = draft.Text,
                Quotes = quoted,
            });
        if (draft.File is { } file)
        {
            SentFiles.Write(transaction, file, messageId, conversation.NumberId!.Value, author, now);
        }

        transaction.Queue(new Statement("INSERT INTO channel.idempotency_key (client_id, key, message_id, created_at) VALUES ($1, $2, $3, $4)")
            .Uuid(transaction.ClientId).Uuid(key).Uuid(messageId).Time(now));
        return new ReplyOutcome.Queued(messageId);
    }

    private static ReplyOutcome? RefusalOf(ConversationState conversation, Actor author, ReplyDraft draft, QuotedMessage? quoted, DateTimeOffset now)
    {
        if (conversation.GoesOnIn is not null)
        {
            return new ReplyOutcome.GoesOnElsewhere();
        }

        if (draft.Quotes is not null && quoted is null)
        {
            return new ReplyOutcome.QuoteUnknown();
        }

        if (author.IsPerson && conversation.Owner == OwnerKind.Person && Actor.Person(conversation.OwnerPersonId!.Value) != author)
        {
            return new ReplyOutcome.NotOwner();
        }

        return conversation.NumberId is null || (!draft.Content.LeavesAnyTime && !conversation.WindowIsOpen(now)) ? new ReplyOutcome.WindowClosed() : null;
    }

    /// <summary>Who writes owns the conversation; a reaction and a program leave it with whom it is.</summary>
    private static long EpochOf(WorkspaceTransaction transaction, ConversationState conversation, Actor author, OutboundContent content, DateTimeOffset now) =>
        author.IsPerson && content is not OutboundReaction && conversation.Owner != OwnerKind.Person
            ? Ownership.Change(transaction, conversation, author, OwnerKind.Person, author.PersonId, now)
            : conversation.OwnerEpoch;

    /// <summary>What the key was used for before; null when it is new.</summary>
    private async Task<ReplyOutcome?> EarlierAsync(
        WorkspaceTransaction transaction, Guid conversationId, Actor author, SentContent written, Guid key)
    {
        Guid id = await transaction.RowAsync(
            new Statement("SELECT message_id FROM channel.idempotency_key WHERE client_id = $1 AND key = $2").Uuid(transaction.ClientId).Uuid(key),
            reader => reader.GetGuid(0));
        if (id == Guid.Empty)
        {
            return null;
        }

        return await texts.FindWrittenAsync(transaction, id) is { } earlier
            && earlier.ConversationId == conversationId
            && earlier.Author == author.Pseudonym
            && earlier.Kind == written.Content.Kind
            && earlier.Text == written.Text
            && earlier.Raw.AsSpan().SequenceEqual(written.Raw)
                ? new ReplyOutcome.Queued(id)
                : new ReplyOutcome.KeyTaken();
    }
}

using System.Text;
using Munshi.Audit;

namespace Munshi.Vault;

/// <summary>What is written of a customer's message.</summary>
/// <param name="Record">Its immutable record.</param>
/// <param name="Text">What is shown, UTF-8; null where there is nothing to show.</param>
/// <param name="Author">The customer.</param>
/// <param name="Asks">Whether it is a turn of the conversation that wants an answer.</param>
internal sealed record ReceivedMessage(MessageRecord Record, byte[]? Text, Actor Author, bool Asks)
{
    /// <summary>For the ledger.</summary>
    public const string Action = "message.received";

    /// <param name="arrived">As it came in.</param>
    /// <param name="id">The id it gets.</param>
    /// <param name="authorId">The author's identifier.</param>
    /// <param name="conversationId">Its conversation, locked.</param>
    /// <param name="inboundCount">The customer messages before it.</param>
    /// <param name="keyId">The author's data key of the month.</param>
    /// <param name="refersTo">The reference of the message quoted or reacted to.</param>
    /// <param name="now">Against which the provider's time is judged.</param>
    public static ReceivedMessage Of(
        ArrivedMessage arrived, Guid id, Guid authorId, Guid conversationId, long inboundCount, Guid keyId, byte[]? refersTo, DateTimeOffset now)
    {
        DateTimeOffset? providerAt = arrived.Message.SentAt.AsOf(now);
        (string kind, string? text, bool asks) = arrived.Describe();
        Actor author = Actor.Customer(authorId);
        MessageRecord record = new()
        {
            Id = id,
            ConversationId = conversationId,
            IdentifierId = authorId,
            Direction = "in",
            Author = author.Pseudonym,
            Kind = kind,
            Source = "webhook",
            Turn = inboundCount + (asks ? 1 : 0),
            At = arrived.StandsAt(providerAt),
            ProviderAt = providerAt,
            ReceivedAt = arrived.ReceivedAt,
            KeyId = keyId,
            RefersTo = refersTo,
        };
        return new ReceivedMessage(record, text is null ? null : Encoding.UTF8.GetBytes(text), author, asks);
    }

    /// <summary>The start of the 24-hour window after a message.</summary>
    public static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? one ?? other : one > other ? one : other;
}

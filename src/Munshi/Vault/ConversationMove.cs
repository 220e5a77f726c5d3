namespace Munshi.Vault;

/// <summary>What new messages make of a conversation.</summary>
/// <param name="ConversationId">The conversation, locked.</param>
/// <param name="MessageId">The newest of them.</param>
/// <param name="At">Where that stands.</param>
/// <param name="InboundCount">The new count of customer messages.</param>
/// <param name="WindowFrom">The new start of the 24-hour window.</param>
internal sealed record ConversationMove(Guid ConversationId, Guid MessageId, DateTimeOffset At, long InboundCount, DateTimeOffset? WindowFrom)
{
    /// <summary>After one more message that wants an answer.</summary>
    public ConversationMove After(MessageRecord message) => this with
    {
        MessageId = message.At >= At ? message.Id : MessageId,
        At = message.At >= At ? message.At : At,
        InboundCount = message.Turn,
        WindowFrom = ReceivedMessage.Later(WindowFrom, message.ProviderAt),
    };
}

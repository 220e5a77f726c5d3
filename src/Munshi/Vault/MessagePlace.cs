namespace Munshi.Vault;

/// <summary>Where a message stands.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="ConversationId">Its conversation.</param>
/// <param name="IsReadable">Whether its key still opens it: where it does not, what came in about it is not shown either.</param>
internal sealed record MessagePlace(Guid MessageId, Guid ConversationId, bool IsReadable)
{
    public string Url => $"/inbox/{ConversationId}#m-{MessageId}";
}

namespace Munshi.Vault;

/// <summary>A message of ours, opened.</summary>
/// <param name="ConversationId">Where it stands.</param>
/// <param name="Author">A pseudonym.</param>
/// <param name="Kind">As in <see cref="MessageRecord.Kind"/>.</param>
/// <param name="Text">What people read of it.</param>
/// <param name="Raw">As <see cref="SentContent.Raw"/>.</param>
internal sealed record WrittenMessage(Guid ConversationId, string Author, string Kind, string? Text, byte[]? Raw)
{
    public override string ToString() => nameof(WrittenMessage);
}

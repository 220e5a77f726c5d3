namespace Munshi.WhatsApp.Webhooks;

/// <param name="MessageId">The <c>wamid</c> of the message reacted to; it may be one never received.</param>
/// <param name="Emoji">Null where the reaction was taken back.</param>
public sealed record ReactionContent(string MessageId, string? Emoji) : MessageContent
{
    public bool IsRemoval => Emoji is null;
}

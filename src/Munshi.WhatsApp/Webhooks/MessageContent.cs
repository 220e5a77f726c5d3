namespace Munshi.WhatsApp.Webhooks;

/// <summary>
/// What a message holds: <see cref="TextContent"/>, <see cref="MediaContent"/>, <see cref="MediaPlaceholderContent"/>, <see cref="LocationContent"/>,
/// <see cref="ContactsContent"/>, <see cref="ReplyContent"/>, <see cref="FlowReplyContent"/>, <see cref="ReactionContent"/>, <see cref="OrderContent"/>,
/// <see cref="SystemContent"/>, <see cref="RequestWelcomeContent"/>, <see cref="EditContent"/>, <see cref="RevokeContent"/>,
/// <see cref="UnsupportedContent"/> or <see cref="OtherContent"/>.
/// </summary>
public abstract record MessageContent : PayloadPart
{
    private protected MessageContent()
    {
    }
}

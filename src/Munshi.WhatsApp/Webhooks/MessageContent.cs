namespace Munshi.WhatsApp.Webhooks;

/// <summary>What a customer sent: <see cref="TextContent"/>, <see cref="ReactionContent"/>, <see cref="ReplyContent"/>, <see cref="UnsupportedContent"/> or <see cref="OtherContent"/>.</summary>
public abstract record MessageContent
{
    private protected MessageContent()
    {
    }

    /// <summary>The kind only: a customer's words never reach a log by way of a format string.</summary>
    public sealed override string ToString() => GetType().Name;
}

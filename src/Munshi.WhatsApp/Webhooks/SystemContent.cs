namespace Munshi.WhatsApp.Webhooks;

/// <summary>
/// What WhatsApp tells about a customer: <see cref="NumberChangedContent"/>, <see cref="UserIdChangedContent"/>, <see cref="IdentityChangedContent"/>
/// or <see cref="OtherSystemContent"/>.
/// </summary>
public abstract record SystemContent : MessageContent
{
    private protected SystemContent()
    {
    }

    /// <summary>Meta's English sentence, which holds name and numbers; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Body { get; init; }
}

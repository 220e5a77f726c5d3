namespace Munshi.WhatsApp.Webhooks;

/// <param name="Body">At most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units; may be empty.</param>
public sealed record TextContent(string Body) : MessageContent;

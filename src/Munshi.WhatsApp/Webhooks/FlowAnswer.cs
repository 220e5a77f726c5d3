namespace Munshi.WhatsApp.Webhooks;

/// <param name="Name">The form's own name of the field, such as <c>pin</c>; <c>flow_token</c> is ours. At most 512 UTF-16 units.</param>
/// <param name="Value">A string's text; anything else as JSON. At most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</param>
public sealed record FlowAnswer(string Name, string Value) : PayloadPart;

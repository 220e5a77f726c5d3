namespace Munshi.WhatsApp.Webhooks;

/// <summary>A form the customer filled in: a flow or an address (<c>nfm_reply</c>).</summary>
public sealed record FlowReplyContent : MessageContent
{
    /// <summary><c>flow</c>, <c>address_message</c> and others; at most 64 characters.</summary>
    public string? Name { get; init; }

    /// <summary>The words shown in the chat; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Body { get; init; }

    /// <summary>The answers, a JSON text inside the payload's string, as given; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? ResponseJson { get; init; }

    /// <summary>The members of <see cref="ResponseJson"/> in their order, at most 1,000; empty where it is no JSON object.</summary>
    public IReadOnlyList<FlowAnswer> Answers { get; init; } = [];
}

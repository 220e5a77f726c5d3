namespace Munshi.WhatsApp.Webhooks;

/// <summary>A basket sent from a catalogue; the prices are those that the customer's device showed.</summary>
public sealed record OrderContent : MessageContent
{
    public string? CatalogId { get; init; }

    /// <summary>What the customer wrote with it; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Text { get; init; }

    /// <summary>At most 1,000.</summary>
    public IReadOnlyList<OrderItem> Items { get; init; } = [];
}

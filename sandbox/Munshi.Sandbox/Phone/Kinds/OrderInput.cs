using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A cart sent from the business's catalogue.</summary>
/// <param name="CatalogId">A fictitious one unless given.</param>
/// <param name="Text">What the customer wrote with it.</param>
internal sealed record OrderInput(IReadOnlyList<OrderItemInput>? Items, string? Text = null, string? CatalogId = null)
{
    public const string Catalog = "88000000000001";

    private const int MaxItems = 30;
    private const int MaxTextLength = 4096;

    public Composition Compose(PhoneMessage? quoted)
    {
        if (Items is not { Count: > 0 and <= MaxItems } || Items.Any(item => item is not { IsGood: true }))
        {
            return new Composition.Refused(
                $"order.items must have 1 to {MaxItems} lines, each with retailerId, a whole quantity from 1 and a price from 0; currency has three letters.");
        }

        if (Text is { Length: 0 or > MaxTextLength } || CatalogId is { Length: 0 or > 100 })
        {
            return new Composition.Refused($"order.text must have 1 to {MaxTextLength} characters, order.catalogId 1 to 100.");
        }

        JsonObject part = new() { ["catalog_id"] = CatalogId ?? Catalog };
        if (Text is not null)
        {
            part["text"] = Text;
        }

        part["product_items"] = new JsonArray([.. Items.Select(item => item.ToJson())]);
        string title = Items.Count == 1 ? "Order of 1 product" : $"Order of {Items.Count} products";
        return new Composition.Composed("order", Text ?? title, part, quoted)
        {
            Details = [new MessageDetail("basket", title, [.. Items.Select(item => item.Line), .. new[] { Text }.OfType<string>()])],
        };
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>One line of an order.</summary>
/// <param name="RetailerId">The business's own id of the product.</param>
/// <param name="Price">Of one piece.</param>
/// <param name="Currency">ISO 4217; INR unless given.</param>
internal sealed record OrderItemInput(string? RetailerId, int? Quantity, decimal? Price, string? Currency = null)
{
    public bool IsGood =>
        RetailerId is { Length: > 0 and <= 100 } && Quantity is > 0 and <= 10_000 && Price is >= 0 and <= 100_000_000 && Currency is null or { Length: 3 };

    public string Line => string.Create(CultureInfo.InvariantCulture, $"{RetailerId} × {Quantity}, {Money} {Price * Quantity:#,0.00}");

    private string Money => Currency ?? "INR";

    public JsonObject ToJson() => new()
    {
        ["product_retailer_id"] = RetailerId,
        ["quantity"] = Quantity,
        ["item_price"] = Price,
        ["currency"] = Money,
    };
}

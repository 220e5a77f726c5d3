using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>The product from which "Message business" was pressed.</summary>
/// <param name="CatalogId">A fictitious one unless given.</param>
internal sealed record ProductInput(string? RetailerId, string? CatalogId = null)
{
    public bool IsGood => RetailerId is { Length: > 0 and <= 100 } && CatalogId is null or { Length: > 0 and <= 100 };

    public JsonObject ToJson() => new() { ["catalog_id"] = CatalogId ?? OrderInput.Catalog, ["product_retailer_id"] = RetailerId };
}

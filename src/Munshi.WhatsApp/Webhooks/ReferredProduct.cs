namespace Munshi.WhatsApp.Webhooks;

/// <param name="CatalogId">Meta's id of the catalogue.</param>
/// <param name="ProductId">The shop's own id of the product.</param>
public sealed record ReferredProduct(string? CatalogId, string? ProductId) : PayloadPart;

namespace Munshi.Vault.Pages.Details;

/// <summary>WhatsApp says that the customer changed the phone number.</summary>
/// <param name="Number">The new one, digits with country code; null where it was not told.</param>
public sealed record NewNumberDetail(string? Number) : MessageDetail;

namespace Munshi.WhatsApp.Webhooks;

/// <param name="ProductId">The shop's own id of the product.</param>
/// <param name="Quantity">Any number the device sent, negative ones too.</param>
/// <param name="Price">Of one, in units of <paramref name="Currency"/>; exact as sent.</param>
/// <param name="Currency">ISO 4217, such as <c>INR</c>; at most 64 characters.</param>
public sealed record OrderItem(string? ProductId, decimal? Quantity, decimal? Price, string? Currency) : PayloadPart;

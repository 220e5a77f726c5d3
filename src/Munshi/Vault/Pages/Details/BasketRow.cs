namespace Munshi.Vault.Pages.Details;

/// <param name="Product">The shop's own id.</param>
/// <param name="Quantity">As the customer's device sent it.</param>
/// <param name="Price">Of one, as the customer's device showed it.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record BasketRow(string? Product, decimal? Quantity, decimal? Price, string? Currency)
{
    public override string ToString() => nameof(BasketRow);
}

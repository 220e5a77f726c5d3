namespace Munshi.Vault.Pages.Details;

/// <param name="Rows">At most <see cref="Most"/> of those that were sent.</param>
/// <param name="More">How many more there were.</param>
public sealed record BasketDetail(IReadOnlyList<BasketRow> Rows, int More) : MessageDetail
{
    public const int Most = 30;
}

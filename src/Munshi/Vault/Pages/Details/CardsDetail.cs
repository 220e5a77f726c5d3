namespace Munshi.Vault.Pages.Details;

/// <param name="Cards">At most <see cref="Most"/> of those that were sent.</param>
/// <param name="More">How many more there were.</param>
public sealed record CardsDetail(IReadOnlyList<CardView> Cards, int More) : MessageDetail
{
    public const int Most = 20;

    public override bool HoldsWords => true;
}

namespace Munshi.Vault.Pages.Details;

/// <param name="Name">Null where the card names nobody.</param>
/// <param name="Organization">Where they work.</param>
/// <param name="Lines">Numbers and addresses, as they are written on the card.</param>
public sealed record CardView(string? Name, string? Organization, IReadOnlyList<string> Lines)
{
    public override string ToString() => nameof(CardView);
}

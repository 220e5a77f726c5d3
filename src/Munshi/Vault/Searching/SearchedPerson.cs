namespace Munshi.Vault.Searching;

/// <param name="Id">The identifier.</param>
/// <param name="Name">What it is called; null where that is not known or gone.</param>
/// <param name="Phone">Digits with country code; null where it is none, or gone.</param>
internal sealed record SearchedPerson(Guid Id, string? Name, string? Phone)
{
    public override string ToString() => $"{nameof(SearchedPerson)} {Id}";
}

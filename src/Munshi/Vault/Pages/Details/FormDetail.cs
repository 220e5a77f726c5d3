namespace Munshi.Vault.Pages.Details;

/// <param name="Answers">Name and value as the form has them, at most <see cref="Most"/>.</param>
public sealed record FormDetail(IReadOnlyList<(string Name, string Value)> Answers) : MessageDetail
{
    public const int Most = 50;
}

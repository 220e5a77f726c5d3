namespace Munshi.Vault;

/// <summary>What a contact is called by on a page.</summary>
/// <param name="DisplayName">The profile's name, else the masked number, else a word of the reader's language.</param>
/// <param name="MaskedNumber">Null where <paramref name="DisplayName"/> is the number, or none is known.</param>
internal sealed record ContactLabel(string DisplayName, string? MaskedNumber)
{
    public override string ToString() => nameof(ContactLabel);
}

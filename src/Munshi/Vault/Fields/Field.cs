namespace Munshi.Vault.Fields;

/// <summary>Something that the business notes of each of its customers.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Name">1 to <see cref="FieldBook.MaxNameLength"/>.</param>
public sealed record Field(Guid Id, string Name)
{
    public override string ToString() => $"{nameof(Field)} {Id}";
}

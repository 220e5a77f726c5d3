namespace Munshi.Vault.Labels;

/// <summary>A word of the business for some of its conversations.</summary>
/// <param name="Id">Its own.</param>
/// <param name="Name">1 to <see cref="LabelBook.MaxNameLength"/>.</param>
/// <param name="Colour">One of <see cref="LabelColours.All"/>.</param>
public sealed record Label(Guid Id, string Name, string Colour)
{
    public override string ToString() => $"{nameof(Label)} {Id}";
}

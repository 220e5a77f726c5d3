namespace Munshi.Search.Index;

/// <summary>An identifier as it goes into the index.</summary>
/// <param name="Id">The identifier.</param>
/// <param name="Name">What the person is called; null where that is not known.</param>
/// <param name="Phone">Digits with country code; null where it is none.</param>
internal sealed record IndexPerson(Guid Id, string? Name, string? Phone)
{
    public override string ToString() => $"{nameof(IndexPerson)} {Id}";
}

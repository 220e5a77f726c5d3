using Munshi.Ledger;

namespace Munshi.Archives.Importing;

/// <summary>Lines of a file that are taken over in one transaction.</summary>
/// <param name="Lines">In their order.</param>
/// <param name="Last">The number of the last one, counted from 1.</param>
/// <param name="Hash">SHA-256 of their bytes, line feeds included.</param>
internal sealed record LineBatch<T>(IReadOnlyList<T> Lines, long Last, Digest Hash)
{
    public long First => Last - Lines.Count + 1;

    public override string ToString() => $"{nameof(LineBatch<>)} {First} to {Last}";
}

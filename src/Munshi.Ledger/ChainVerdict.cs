namespace Munshi.Ledger;

/// <summary>Whether a row continues its log.</summary>
public abstract record ChainVerdict
{
    private ChainVerdict()
    {
    }

    public sealed record Ok(LedgerLeaf Leaf, Digest RowHash) : ChainVerdict;

    /// <param name="Seq">The row's stored sequence number; for a gap, the first number that is missing.</param>
    /// <param name="What">The first fault of the row.</param>
    /// <param name="Expected">A hash, a number or a plain description.</param>
    /// <param name="Found">A hash, a number or a plain description; never the text of the leaf.</param>
    /// <param name="Leaf">The leaf, where it could be read.</param>
    public sealed record Broken(long Seq, ChainFault What, string Expected, string Found, LedgerLeaf? Leaf) : ChainVerdict;
}

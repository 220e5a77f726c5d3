namespace Munshi.Ledger.Notes;

/// <summary>What a signature line read as a cosignature turned out to be.</summary>
public abstract record CosignatureParse
{
    private CosignatureParse()
    {
    }

    public sealed record Parsed(Cosignature Cosignature) : CosignatureParse;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : CosignatureParse;
}

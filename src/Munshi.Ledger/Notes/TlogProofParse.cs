namespace Munshi.Ledger.Notes;

/// <summary>What a <c>.tlog-proof</c> file turned out to be.</summary>
public abstract record TlogProofParse
{
    private TlogProofParse()
    {
    }

    /// <summary>The bytes are exactly this proof's encoding. Nothing is said about signatures or whether the entry is in the tree.</summary>
    public sealed record Parsed(TlogProof Proof) : TlogProofParse;

    /// <param name="Reason">Names the line and the rule, never the value.</param>
    public sealed record Refused(string Reason) : TlogProofParse;
}

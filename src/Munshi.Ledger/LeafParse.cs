namespace Munshi.Ledger;

/// <summary>What bytes read as a leaf turned out to be.</summary>
public abstract record LeafParse
{
    private LeafParse()
    {
    }

    /// <summary>The bytes are exactly this leaf's encoding.</summary>
    public sealed record Parsed(LedgerLeaf Leaf) : LeafParse;

    /// <param name="Reason">Names the line and the rule, never the value.</param>
    public sealed record Refused(string Reason) : LeafParse;
}

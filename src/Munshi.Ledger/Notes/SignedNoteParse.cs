namespace Munshi.Ledger.Notes;

/// <summary>What bytes read as a signed note turned out to be.</summary>
public abstract record SignedNoteParse
{
    private SignedNoteParse()
    {
    }

    /// <summary>The bytes are exactly this note's encoding. Nothing is said about its signatures.</summary>
    public sealed record Parsed(SignedNote Note) : SignedNoteParse;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : SignedNoteParse;
}

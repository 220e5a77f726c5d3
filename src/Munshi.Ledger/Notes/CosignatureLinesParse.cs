namespace Munshi.Ledger.Notes;

/// <summary>What a witness's answer turned out to be.</summary>
public abstract record CosignatureLinesParse
{
    private CosignatureLinesParse()
    {
    }

    /// <param name="Lines">1 to 100, in their order. Nothing is said about whether they hold.</param>
    public sealed record Parsed(IReadOnlyList<NoteSignature> Lines) : CosignatureLinesParse;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : CosignatureLinesParse;
}

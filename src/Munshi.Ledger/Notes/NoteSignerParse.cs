namespace Munshi.Ledger.Notes;

/// <summary>What bytes read as a signing key turned out to be.</summary>
public abstract record NoteSignerParse
{
    private NoteSignerParse()
    {
    }

    /// <param name="Signer">To be disposed of.</param>
    public sealed record Parsed(NoteSigner Signer) : NoteSignerParse;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : NoteSignerParse;
}

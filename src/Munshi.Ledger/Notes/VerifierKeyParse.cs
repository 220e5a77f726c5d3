namespace Munshi.Ledger.Notes;

/// <summary>What a text read as a verifier key turned out to be.</summary>
public abstract record VerifierKeyParse
{
    private VerifierKeyParse()
    {
    }

    /// <summary>The text is exactly this key's encoding.</summary>
    public sealed record Parsed(VerifierKey Key) : VerifierKeyParse;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : VerifierKeyParse;
}

namespace Munshi.Ledger.Notes;

/// <summary>What a policy file turned out to be.</summary>
public abstract record TrustPolicyParse
{
    private TrustPolicyParse()
    {
    }

    public sealed record Parsed(TrustPolicy Policy) : TrustPolicyParse;

    /// <param name="Line">The line, from 1; for what is missing, the one after the last.</param>
    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(int Line, string Reason) : TrustPolicyParse;
}

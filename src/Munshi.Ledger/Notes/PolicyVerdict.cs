namespace Munshi.Ledger.Notes;

/// <summary>Whether a policy accepts a checkpoint.</summary>
public abstract record PolicyVerdict
{
    private PolicyVerdict()
    {
    }

    /// <param name="Checkpoint">What the note says.</param>
    /// <param name="Log">Whose it is.</param>
    /// <param name="Quorum">Met.</param>
    public sealed record Accepted(Checkpoint Checkpoint, PolicyLog Log, QuorumVerdict Quorum) : PolicyVerdict;

    /// <param name="Checkpoint">Signed by its log.</param>
    /// <param name="Log">Whose it is.</param>
    /// <param name="Quorum">Not met.</param>
    public sealed record TooFewWitnesses(Checkpoint Checkpoint, PolicyLog Log, QuorumVerdict Quorum) : PolicyVerdict;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : PolicyVerdict;
}

using Munshi.Ledger.Notes;

namespace Munshi.Witness;

/// <summary>What a witness says to a checkpoint.</summary>
internal abstract record WitnessVerdict
{
    private WitnessVerdict()
    {
    }

    /// <param name="Line">Stored, durably, with the checkpoint.</param>
    public sealed record Cosigned(NoteSignature Line) : WitnessVerdict;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Malformed(string Reason) : WitnessVerdict;

    public sealed record UnknownLog : WitnessVerdict;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Unsigned(string Reason) : WitnessVerdict;

    /// <param name="Size">The size cosigned last; 0 if none was.</param>
    public sealed record Conflict(long Size) : WitnessVerdict;

    /// <param name="Reason">Names the rule, never the value.</param>
    /// <param name="IsSigned">Whether the log's own key signed what does not continue the log.</param>
    public sealed record Inconsistent(string Reason, bool IsSigned) : WitnessVerdict;
}

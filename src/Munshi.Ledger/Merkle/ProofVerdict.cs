namespace Munshi.Ledger.Merkle;

/// <summary>Whether a proof holds.</summary>
public abstract record ProofVerdict
{
    private ProofVerdict()
    {
    }

    public sealed record Valid : ProofVerdict
    {
        internal static Valid Instance { get; } = new();
    }

    /// <param name="Reason">Names the rule that is broken.</param>
    public sealed record Invalid(string Reason) : ProofVerdict;

    internal static ProofVerdict Hold { get; } = Valid.Instance;

    internal static ProofVerdict Refuse(string reason) => new Invalid(reason);
}

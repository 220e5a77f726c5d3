using Munshi.Audit.Proving;

namespace Munshi.Api;

/// <summary>What a search for a proof came to.</summary>
internal abstract record ProofFinding
{
    private ProofFinding()
    {
    }

    internal sealed record Found(LedgerProof Proof) : ProofFinding;

    /// <summary>What was asked for can be the name of nothing.</summary>
    internal sealed record BadInput(string Name, string Allowed) : ProofFinding;

    /// <summary>It is there, and no checkpoint covers it yet.</summary>
    internal sealed record NotSigned : ProofFinding;

    /// <summary>The workspace has no such thing.</summary>
    internal sealed record NotThere(string What) : ProofFinding;

    /// <summary>Nodes that the proof needs are missing.</summary>
    internal sealed record Damaged : ProofFinding;
}

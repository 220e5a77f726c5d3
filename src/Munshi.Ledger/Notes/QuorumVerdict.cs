namespace Munshi.Ledger.Notes;

/// <summary>Whether enough of a policy's witnesses have cosigned.</summary>
/// <param name="IsMet">Always true where the policy asks for none.</param>
/// <param name="Counted">The witnesses that cosigned and count towards the quorum, in the policy's order.</param>
/// <param name="Missing">The witnesses that would count and have not cosigned, in the policy's order.</param>
public sealed record QuorumVerdict(bool IsMet, IReadOnlyList<PolicyWitness> Counted, IReadOnlyList<PolicyWitness> Missing);

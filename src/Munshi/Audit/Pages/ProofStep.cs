using Munshi.Ledger;

namespace Munshi.Audit.Pages;

/// <summary>One step from an entry up to the root.</summary>
/// <param name="SiblingIsLeft">On which side the neighbour stands.</param>
/// <param name="Sibling">The neighbour's hash.</param>
/// <param name="SiblingFirst">The first entry that the neighbour covers.</param>
/// <param name="SiblingLast">The last one.</param>
/// <param name="Result">The hash over both.</param>
/// <param name="First">The first entry that both cover.</param>
/// <param name="Last">The last one.</param>
public sealed record ProofStep(bool SiblingIsLeft, Digest Sibling, ulong SiblingFirst, ulong SiblingLast, Digest Result, ulong First, ulong Last);

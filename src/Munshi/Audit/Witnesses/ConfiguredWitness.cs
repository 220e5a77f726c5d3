using Munshi.Ledger.Notes;

namespace Munshi.Audit.Witnesses;

/// <param name="Key">What verifies its cosignatures.</param>
/// <param name="Address">Where it answers; the path ends with a slash.</param>
internal sealed record ConfiguredWitness(VerifierKey Key, Uri Address);

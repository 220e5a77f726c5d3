using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Proving;

/// <summary>That a log only grew between two of its checkpoints.</summary>
/// <param name="From">The older checkpoint.</param>
/// <param name="To">The newer one.</param>
/// <param name="Hashes">RFC 9162, section 2.1.4.1; none where both are of the same size.</param>
internal sealed record ContinuationProof(SignedNote From, SignedNote To, IReadOnlyList<Digest> Hashes);

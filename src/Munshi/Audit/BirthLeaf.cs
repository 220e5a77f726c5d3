using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>What the ledger, or an event that waits for it, says of a record's beginning.</summary>
/// <remarks>The row is null while the event waits.</remarks>
internal readonly record struct BirthLeaf(long? Seq, Digest? Commitment, Digest? CiphertextHash);

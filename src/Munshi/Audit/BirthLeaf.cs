namespace Munshi.Audit;

/// <summary>What the ledger, or an event that waits for it, says of a record's beginning.</summary>
/// <remarks>The row is null while the event waits. The bytes are as stored: 32 of each, unless a superuser changed them.</remarks>
internal readonly record struct BirthLeaf(long? Seq, byte[]? Commitment, byte[]? CiphertextHash);

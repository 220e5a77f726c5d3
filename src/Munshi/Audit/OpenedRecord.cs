using Munshi.Keyring;

namespace Munshi.Audit;

/// <summary>A record as its leaf commits to it.</summary>
/// <param name="Record">Null where the key is gone, or a sealed column does not open.</param>
/// <param name="Key">Derives the salt; null where it is gone.</param>
/// <param name="Sealed">The sealed columns as they stand, null for one without a value.</param>
internal sealed record OpenedRecord(RecordCommitment? Record, KeyMaterial? Key, byte[]?[] Sealed);

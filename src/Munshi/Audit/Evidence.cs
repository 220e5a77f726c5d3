namespace Munshi.Audit;

/// <summary>One immutable row, recomputed from what stands in the database now.</summary>
/// <param name="ObjectId">The row's id.</param>
/// <param name="CiphertextHash">32 bytes, or null where the row has no sealed column.</param>
/// <param name="Commitment">32 bytes, or null where its key is gone, or the row does not open.</param>
/// <param name="KeyPresent">False when the row's key is not in the keyring, so that its commitment cannot be recomputed.</param>
/// <param name="Beside">What is wrong with what stands beside the record and can be made from it; null where nothing is, or it cannot be made.</param>
internal readonly record struct Evidence(Guid ObjectId, byte[]? CiphertextHash, byte[]? Commitment, bool KeyPresent, EvidenceFault? Beside = null);

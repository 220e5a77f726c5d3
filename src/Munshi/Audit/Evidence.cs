using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Audit;

/// <summary>One immutable row, recomputed from what stands in the database now.</summary>
/// <param name="ObjectId">The row's id.</param>
/// <param name="CiphertextHash">32 bytes, or null where the row has no sealed column.</param>
/// <param name="Commitment">32 bytes, or null where its key is gone, or the row does not open.</param>
/// <param name="KeyPresent">False when the row's key is not in the keyring, so that its commitment cannot be recomputed.</param>
/// <param name="Beside">What is wrong with what stands beside the record and can be made from it; null where nothing is, or it cannot be made.</param>
internal readonly record struct Evidence(Guid ObjectId, byte[]? CiphertextHash, byte[]? Commitment, bool KeyPresent, EvidenceFault? Beside = null)
{
    /// <summary>What the two are made of; null where the row holds nothing sealed and is not committed to.</summary>
    public OpenedRecord? Opened { get; init; }

    /// <param name="id">The row's id.</param>
    /// <param name="key">The row's data key; null where it is gone.</param>
    /// <param name="open">Makes the canonical record; a <see cref="CryptographicException"/> says that a sealed column does not open.</param>
    /// <param name="sealedColumns">In the order of <c>docs/data-format.md</c>.</param>
    public static Evidence Of(Guid id, KeyMaterial? key, Func<KeyMaterial, RecordCommitment> open, params byte[]?[] sealedColumns)
    {
        RecordCommitment? record = null;
        try
        {
            record = key is null ? null : open(key);
        }
        catch (CryptographicException)
        {
            // No commitment: the verifier reports it.
        }

        return new Evidence(
            id,
            sealedColumns.Length == 0 ? null : RecordCommitment.HashCiphertexts(sealedColumns),
            record?.Commit(key!, id),
            key is not null)
        {
            Opened = new OpenedRecord(record, key, sealedColumns),
        };
    }
}

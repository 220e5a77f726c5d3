using System.Buffers.Text;
using System.Security.Cryptography;
using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>A leaf, or an event that waits for it, that tells of a record's beginning.</summary>
/// <param name="Seq">The row; null while the event waits.</param>
/// <param name="Source">Whose record it is, as a place among the log's evidence checks.</param>
/// <param name="Id">The record; null where it is named as no record can be.</param>
/// <param name="Commitment">As stored.</param>
/// <param name="CiphertextHash">As stored.</param>
internal readonly record struct Birth(long? Seq, int Source, Guid? Id, Digest? Commitment, Digest? CiphertextHash)
{
    private const int IdLength = 36;

    /// <summary>The id after a target's colon.</summary>
    public static Guid? IdIn(ReadOnlySpan<byte> id) =>
        id.Length == IdLength && Utf8Parser.TryParse(id, out Guid value, out int read, 'D') && read == IdLength ? value : null;

    /// <summary>What a superuser made longer or shorter than 32 bytes is not what any record has.</summary>
    public static Digest? Stored(byte[]? bytes) => bytes is null ? null : bytes.Length == Digest.Length ? new Digest(bytes) : new Digest(SHA256.HashData(bytes));
}

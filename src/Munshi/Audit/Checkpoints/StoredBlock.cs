using Munshi.Ledger;
using Munshi.Ledger.Merkle;

namespace Munshi.Audit.Checkpoints;

/// <summary>A block as a row.</summary>
/// <param name="Log">The workspace; null for the instance log.</param>
/// <param name="Block">Which one.</param>
/// <param name="Hashes">480 bytes.</param>
internal sealed record StoredBlock(Guid? Log, NodeBlock Block, byte[] Hashes)
{
    public static StoredBlock Of(Guid? log, NodeBlock block, ReadOnlySpan<Digest> hashes)
    {
        byte[] bytes = new byte[hashes.Length * Digest.Length];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * Digest.Length));
        }

        return new StoredBlock(log, block, bytes);
    }
}

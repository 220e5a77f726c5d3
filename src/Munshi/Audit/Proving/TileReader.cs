using System.Text;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Tiles;

namespace Munshi.Audit.Proving;

/// <summary>The instance log as C2SP tlog-tiles, up to its last published checkpoint.</summary>
internal sealed class TileReader(Databases databases)
{
    private const string ReadSize = "SELECT coalesce(max(size), 0) FROM ledger.instance_checkpoint";
    private const string ReadHashes = "SELECT leaf_hash FROM ledger.tick WHERE seq >= $1 AND seq < $2 ORDER BY seq";
    private const string ReadLeaves = "SELECT leaf FROM ledger.tick WHERE seq >= $1 AND seq < $2 ORDER BY seq";

    private const string ReadTops =
        "SELECT substring(hashes FROM 449) FROM ledger.tick_node WHERE height = $1 AND index >= $2 AND index < $3 ORDER BY index"; // the last of 15

    /// <summary>The tile's bytes; null where the published log does not have it.</summary>
    public async Task<byte[]?> ReadAsync(TilePath path, CancellationToken cancellationToken)
    {
        int level = path.Level ?? 0;
        ulong size = (ulong)await databases.Reader.RowAsync(new Statement(ReadSize), reader => reader.GetInt64(0), cancellationToken);
        ulong nodes = 8 * level < 64 ? size >> (8 * level) : 0;
        if (path.Index >= nodes / TilePath.FullWidth + 1 || (path.Index * TilePath.FullWidth) + (ulong)path.Width > nodes)
        {
            return null;
        }

        long first = (long)path.Index * TilePath.FullWidth;
        long end = first + path.Width;
        if (path.Level is null)
        {
            IReadOnlyList<byte[]> leaves = await databases.Reader.RowsAsync(
                new Statement(ReadLeaves).Long(first).Long(end), reader => Encoding.ASCII.GetBytes(reader.GetString(0)), cancellationToken);
            return leaves.Count == path.Width ? EntryBundle.Encode(leaves) : null;
        }

        Statement hashes = level == 0
            ? new Statement(ReadHashes).Long(first).Long(end)
            : new Statement(ReadTops).Int((8 / NodeBlock.Levels * level) - 1).Long(first).Long(end);
        byte[] tile = [.. (await databases.Reader.RowsAsync(hashes, reader => reader.GetFieldValue<byte[]>(0), cancellationToken)).SelectMany(hash => hash)];
        return tile.Length == path.Width * Digest.Length ? tile : null;
    }
}

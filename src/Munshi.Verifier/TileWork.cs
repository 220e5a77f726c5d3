using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>One tile of leaf hashes, with the records of its entries.</summary>
/// <param name="Tile">Of level 0.</param>
/// <param name="Records">Ascending; null where the export has none to read.</param>
internal sealed record TileWork(TilePath Tile, List<(long Seq, byte[] Line)>? Records)
{
    public long FirstSeq => (long)Tile.Index * TilePath.FullWidth;
}

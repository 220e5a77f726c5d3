namespace Munshi.Ledger.Tiles;

/// <summary>The tiles of one level of a tree. C2SP tlog-tiles.</summary>
/// <param name="Level">0 for leaf hashes.</param>
/// <param name="Full">How many tiles of 256 hashes there are.</param>
/// <param name="PartialWidth">The hashes of the tile after them; 0 where there is none.</param>
public readonly record struct TileSet(int Level, ulong Full, int PartialWidth)
{
    private const int BitsPerLevel = 8;

    /// <summary>Every level that a tree of this size has, from the leaves up. A partial tile is not hashed into the level above.</summary>
    public static IReadOnlyList<TileSet> Of(ulong size)
    {
        List<TileSet> levels = [];
        int level = 0;
        for (ulong nodes = size; nodes > 0; nodes >>= BitsPerLevel)
        {
            levels.Add(new TileSet(level++, nodes >> BitsPerLevel, (int)(nodes % TilePath.FullWidth)));
        }

        return levels;
    }

    /// <summary>The level's paths, from the left.</summary>
    public IEnumerable<TilePath> Paths()
    {
        for (ulong index = 0; index < Full; index++)
        {
            yield return TilePath.OfHashes(Level, index);
        }

        if (PartialWidth > 0)
        {
            yield return TilePath.OfHashes(Level, Full, PartialWidth);
        }
    }
}

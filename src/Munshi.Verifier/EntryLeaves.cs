using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>Single entries of an export, to be asked for in ascending order. What cannot be read is said where all entries are checked. Not safe for concurrent use.</summary>
internal sealed class EntryLeaves(ExportDirectory export, long size)
{
    private ulong? _tile;
    private IReadOnlyList<byte[]>? _entries;

    /// <summary>The entry's bytes; null where they cannot be read.</summary>
    /// <param name="seq">Below the number of entries.</param>
    public byte[]? At(long seq)
    {
        ulong tile = (ulong)seq / TilePath.FullWidth;
        if (_tile != tile)
        {
            _tile = tile;
            _entries = Entries(tile);
        }

        return _entries?[(int)(seq % TilePath.FullWidth)];
    }

    private IReadOnlyList<byte[]>? Entries(ulong tile)
    {
        int width = (int)Math.Min(TilePath.FullWidth, size - ((long)tile * TilePath.FullWidth));
        string file = TilePath.OfEntries(tile, width).ToString();
        return export.Has(file) && export.Read(file) is { } bundle ? EntryBundle.Parse(bundle, width) : null;
    }
}

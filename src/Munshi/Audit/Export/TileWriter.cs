using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Tiles;

namespace Munshi.Audit.Export;

/// <summary>Writes a log's tiles and bundles as its entries go by. Memory: a tile a level. Not safe for concurrent use.</summary>
internal sealed class TileWriter(ExportFolder folder)
{
    private readonly List<List<Digest>> _levels = [];
    private readonly List<ulong> _written = [];
    private readonly List<byte[]> _entries = [];
    private readonly Frontier _frontier = new();

    public void Append(byte[] leaf, Digest hash)
    {
        _entries.Add(leaf);
        _frontier.Append(hash);
        if (_entries.Count == TilePath.FullWidth)
        {
            WriteBundle();
        }

        Append(0, hash);
    }

    /// <summary>Writes the partial tiles.</summary>
    /// <returns>The root over all hashes.</returns>
    public Digest Finish()
    {
        if (_entries.Count > 0)
        {
            WriteBundle();
        }

        for (int level = 0; level < _levels.Count; level++)
        {
            if (_levels[level].Count > 0)
            {
                WriteTile(level);
            }
        }

        return _frontier.Root();
    }

    private void Append(int level, Digest hash)
    {
        if (level == _levels.Count)
        {
            _levels.Add(new List<Digest>(TilePath.FullWidth));
            _written.Add(0);
        }

        _levels[level].Add(hash);
        if (_levels[level].Count == TilePath.FullWidth)
        {
            Frontier tile = new();
            foreach (Digest one in _levels[level])
            {
                tile.Append(one);
            }

            WriteTile(level);
            Append(level + 1, tile.Root());
        }
    }

    private void WriteBundle()
    {
        ulong index = (_frontier.Size - 1) / TilePath.FullWidth;
        folder.Write(TilePath.OfEntries(index, _entries.Count).ToString(), EntryBundle.Encode(_entries));
        _entries.Clear();
    }

    private void WriteTile(int level)
    {
        List<Digest> hashes = _levels[level];
        byte[] bytes = new byte[hashes.Count * Digest.Length];
        for (int i = 0; i < hashes.Count; i++)
        {
            hashes[i].CopyTo(bytes.AsSpan(i * Digest.Length));
        }

        folder.Write(TilePath.OfHashes(level, _written[level]++, hashes.Count).ToString(), bytes);
        hashes.Clear();
    }
}

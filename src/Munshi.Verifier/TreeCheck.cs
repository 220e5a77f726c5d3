using System.Globalization;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>Whether the tiles above the leaf hashes are the hashes of those below, and all of them lead to the signed root.</summary>
internal sealed class TreeCheck(ExportDirectory export, Findings findings, SignedLog signed)
{
    private const int BitsPerLevel = 8;

    /// <param name="tiles">For each tile of level 0 its complete subtrees, the largest first; null where it could not be read.</param>
    public void Run(Digest[]?[] tiles)
    {
        ulong size = (ulong)signed.Checkpoint.Size;
        int full = (int)(size >> BitsPerLevel);
        Digest?[] nodes = new Digest?[full];
        for (int i = 0; i < full; i++)
        {
            nodes[i] = tiles[i] is [var top] ? top : null;
        }

        CheckRoot(nodes, tiles.Length > full ? tiles[^1] : []);
        foreach (TileSet level in TileSet.Of(size).Skip(1))
        {
            foreach (TilePath tile in level.Paths())
            {
                Check(tile, nodes);
            }

            nodes = Above(nodes);
        }
    }

    private void CheckRoot(Digest?[] tops, Digest[]? rest)
    {
        if (rest is null || Array.Exists(tops, top => top is null))
        {
            return; // said at the tile that is missing
        }

        Frontier frontier = new();
        foreach (Digest? top in tops)
        {
            frontier.Append(top!.Value);
        }

        Digest root = TreeHash.Fold([.. frontier.ToArray(), .. rest]);
        if (root != signed.Checkpoint.Root)
        {
            findings.Add(
                ExportDirectory.Checkpoint, null, FindingKind.Root, $"the root {signed.Checkpoint.Root}", string.Create(CultureInfo.InvariantCulture, $"{root} over the {signed.Checkpoint.Size} hashes in tile/0"));
        }
    }

    private void Check(TilePath tile, Digest?[] nodes)
    {
        int first = (int)tile.Index * TilePath.FullWidth;
        int shift = BitsPerLevel * tile.Level!.Value;
        if (export.Read(tile, (long)first << shift) is not { } bytes)
        {
            return;
        }

        for (int i = 0; i < tile.Width; i++)
        {
            Digest found = new(bytes.AsSpan(i * Digest.Length, Digest.Length));
            if (nodes[first + i] is { } expected && expected != found)
            {
                findings.Add(tile.ToString(), (long)(first + i) << shift, FindingKind.Node, $"{expected}", $"{found}");
            }
        }
    }

    private static Digest?[] Above(Digest?[] nodes)
    {
        Digest?[] above = new Digest?[nodes.Length / TilePath.FullWidth];
        for (int i = 0; i < above.Length; i++)
        {
            Frontier frontier = new();
            Digest?[] below = nodes[(i * TilePath.FullWidth)..((i + 1) * TilePath.FullWidth)];
            if (Array.TrueForAll(below, node => node is not null))
            {
                foreach (Digest? node in below)
                {
                    frontier.Append(node!.Value);
                }

                above[i] = frontier.Root();
            }
        }

        return above;
    }
}

using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>Up to 256 entries: their form, chain and hashes, and their records. Each tile stands for itself. Safe for concurrent use.</summary>
internal sealed class TileCheck(ExportDirectory export, Findings findings, SignedLog signed, RecordCheck records)
{
    /// <summary>Checks one tile.</summary>
    /// <returns>The complete subtrees that the tile's hashes make, the largest first: one for a full tile. Null where it cannot be read.</returns>
    public Digest[]? Run(TileWork work)
    {
        Digest[]? hashes = ReadHashes(work.Tile, work.FirstSeq);
        CheckEntries(work, hashes);
        if (hashes is null)
        {
            return null;
        }

        Frontier frontier = new();
        foreach (Digest hash in hashes)
        {
            frontier.Append(hash);
        }

        return frontier.ToArray();
    }

    private void CheckEntries(TileWork work, Digest[]? hashes)
    {
        string file = TilePath.OfEntries(work.Tile.Index, work.Tile.Width).ToString();
        if (export.Read(file) is not { } bundle)
        {
            return;
        }

        if (EntryBundle.Parse(bundle, work.Tile.Width) is not { } entries)
        {
            findings.Add(file, work.FirstSeq, FindingKind.Form, $"{work.Tile.Width} entries, each with its length before it", "another content");
            return;
        }

        ChainVerifier chain = new(signed.Log, work.FirstSeq, PreviousOf(work) ?? Digest.Zero);
        LedgerLeaf?[] leaves = new LedgerLeaf?[entries.Count];
        Span<byte> stored = stackalloc byte[Digest.Length];
        for (int i = 0; i < entries.Count; i++)
        {
            long seq = work.FirstSeq + i;
            (hashes is null ? LedgerLeaf.RowHash(entries[i]) : hashes[i]).CopyTo(stored);
            ChainVerdict verdict = chain.Add(seq, entries[i], stored);
            leaves[i] = verdict switch
            {
                ChainVerdict.Ok ok => ok.Leaf,
                ChainVerdict.Broken { What: ChainFault.Previous } rest => rest.Leaf,
                _ => null,
            };
            if (verdict is ChainVerdict.Broken broken && !(i == 0 && broken.What == ChainFault.Previous && PreviousOf(work) is null))
            {
                findings.Add(file, seq, KindOf(broken.What), broken.Expected, broken.What == ChainFault.RowHash ? $"{broken.Found} in {work.Tile}" : broken.Found);
            }
        }

        if (work.Records is { } lines)
        {
            records.Run(work.FirstSeq, leaves, lines);
        }
    }

    private Digest[]? ReadHashes(TilePath tile, long seq)
    {
        if (export.Read(tile, seq) is not { } bytes)
        {
            return null;
        }

        Digest[] hashes = new Digest[tile.Width];
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = new Digest(bytes.AsSpan(i * Digest.Length, Digest.Length));
        }

        return hashes;
    }

    /// <summary>The hash of the entry before the tile; null where the tile before it cannot be read, which is said at that one.</summary>
    private Digest? PreviousOf(TileWork work)
    {
        if (work.Tile.Index == 0)
        {
            return Digest.Zero;
        }

        try
        {
            using FileStream before = File.OpenRead(export.PathOf(TilePath.OfHashes(0, work.Tile.Index - 1).ToString()));
            Span<byte> hash = stackalloc byte[Digest.Length];
            before.Seek((TilePath.FullWidth - 1) * Digest.Length, SeekOrigin.Begin);
            before.ReadExactly(hash);
            return new Digest(hash);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FindingKind KindOf(ChainFault fault) => fault switch
    {
        ChainFault.LeafForm => FindingKind.LeafForm,
        ChainFault.RowHash => FindingKind.RowHash,
        ChainFault.Log => FindingKind.Log,
        ChainFault.Gap or ChainFault.Seq => FindingKind.Seq,
        ChainFault.Previous => FindingKind.Previous,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

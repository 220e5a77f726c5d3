using System.Globalization;
using Munshi.Ledger;
using Munshi.Ledger.Merkle;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>Up to 256 entries a tile: their form, chain and hashes, and their records. Safe for concurrent use.</summary>
internal sealed class TileCheck(ExportDirectory export, Findings findings, SignedLog signed, RecordCheck records)
{
    private const int LastHash = (TilePath.FullWidth - 1) * Digest.Length;

    /// <summary>Checks neighbouring tiles.</summary>
    /// <param name="work">Which, with their records.</param>
    /// <param name="buffers">This thread's.</param>
    /// <param name="subtrees">Takes for each tile the complete subtrees that its hashes make, the largest first: one for a full tile. Null where it cannot be read.</param>
    public void Run(TileWork work, TileBuffers buffers, Digest[]?[] subtrees)
    {
        int record = 0;
        Digest? previous = PreviousOf(work.Tiles[0]);
        foreach (TilePath tile in work.Tiles)
        {
            bool isRead = export.TryRead(tile.ToString(), ref buffers.Hashes, out int length) && HasItsLength(tile, length);
            ReadOnlySpan<byte> hashes = isRead ? buffers.Hashes.AsSpan(0, length) : [];
            CheckEntries(tile, hashes, previous, work.Records, ref record, buffers);
            previous = isRead && !tile.IsPartial ? new Digest(hashes[LastHash..]) : null;
            if (isRead)
            {
                subtrees[tile.Index] = tile.IsPartial ? Subtrees(hashes) : [TreeHash.OfComplete(buffers.Hashes.AsSpan(0, length))];
            }
        }
    }

    private void CheckEntries(TilePath tile, ReadOnlySpan<byte> hashes, Digest? previous, TakenLines? lines, ref int record, TileBuffers buffers)
    {
        long first = (long)tile.Index * TilePath.FullWidth;
        string file = TilePath.OfEntries(tile.Index, tile.Width).ToString();
        bool isRead = export.TryRead(file, ref buffers.Bundle, out int length);
        ReadOnlySpan<byte> bundle = isRead ? buffers.Bundle.AsSpan(0, length) : [];
        bool isBundle = isRead && EntryBundle.IsOf(bundle, tile.Width);
        if (isRead && !isBundle)
        {
            findings.Add(file, first, FindingKind.Form, $"{tile.Width} entries, each with its length before it", "another content");
        }

        ChainVerifier chain = new(signed.Log, first, previous ?? Digest.Zero);
        Span<byte> computed = stackalloc byte[Digest.Length];
        byte[] scratch = buffers.ScratchFor(lines);
        for (int i = 0; i < tile.Width; i++)
        {
            ReadOnlySpan<byte> line = lines is not null && record < lines.Count && lines.SeqOf(record) == first + i ? lines[record++] : [];
            if (!isBundle)
            {
                continue;
            }

            EntryBundle.TryTake(ref bundle, out ReadOnlySpan<byte> entry);
            ReadOnlySpan<byte> stored = hashes.IsEmpty ? computed : hashes.Slice(i * Digest.Length, Digest.Length);
            if (hashes.IsEmpty)
            {
                LedgerLeaf.RowHash(entry).CopyTo(computed);
            }

            if (!chain.TryAdd(first + i, entry, stored, out LeafView leaf, out _))
            {
                leaf = Judge(chain.Add(first + i, entry, stored), entry, tile, isFirstKnown: i > 0 || previous is not null);
            }

            if (lines is not null && !leaf.Actor.IsEmpty)
            {
                records.Run(first + i, leaf, line, scratch);
            }
        }
    }

    /// <returns>The leaf, where only the link to the one before is broken.</returns>
    private LeafView Judge(ChainVerdict verdict, ReadOnlySpan<byte> entry, TilePath tile, bool isFirstKnown)
    {
        if (verdict is ChainVerdict.Broken broken && (isFirstKnown || broken.What != ChainFault.Previous))
        {
            string file = TilePath.OfEntries(tile.Index, tile.Width).ToString();
            findings.Add(file, broken.Seq, KindOf(broken.What), broken.Expected, broken.What == ChainFault.RowHash ? $"{broken.Found} in {tile}" : broken.Found);
        }

        return verdict is ChainVerdict.Ok or ChainVerdict.Broken { What: ChainFault.Previous } && LeafView.TryRead(entry, out LeafView leaf) ? leaf : default;
    }

    private bool HasItsLength(TilePath tile, int length)
    {
        int expected = tile.Width * Digest.Length;
        if (length != expected)
        {
            findings.Add(
                tile.ToString(), (long)tile.Index * TilePath.FullWidth, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"{expected} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"{length} bytes"));
        }

        return length == expected;
    }

    private static Digest[] Subtrees(ReadOnlySpan<byte> hashes)
    {
        Frontier frontier = new();
        for (int at = 0; at < hashes.Length; at += Digest.Length)
        {
            frontier.Append(new Digest(hashes.Slice(at, Digest.Length)));
        }

        return frontier.ToArray();
    }

    /// <summary>The hash of the entry before the tile; null where the tile before it cannot be read, which is said at that one.</summary>
    private Digest? PreviousOf(TilePath tile)
    {
        if (tile.Index == 0)
        {
            return Digest.Zero;
        }

        try
        {
            using FileStream before = File.OpenRead(export.PathOf(TilePath.OfHashes(0, tile.Index - 1).ToString()));
            Span<byte> hash = stackalloc byte[Digest.Length];
            before.Seek(LastHash, SeekOrigin.Begin);
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

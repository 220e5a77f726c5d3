using System.Globalization;

namespace Munshi.Ledger;

/// <summary>Follows one log from its first row, or from a row that is known to stand. Not safe for concurrent use.</summary>
/// <remarks>After a broken row it goes on from what that row's columns say, so that each fault is named once, where it lies.</remarks>
/// <param name="log">The log that every leaf must name.</param>
/// <param name="nextSeq">The first row's sequence number.</param>
/// <param name="previous">The hash of the row before it; <see cref="Digest.Zero"/> where there is none.</param>
public sealed class ChainVerifier(Guid log, long nextSeq, Digest previous)
{
    private Digest _previous = previous;

    /// <inheritdoc cref="ChainVerifier(Guid, long, Digest)"/>
    public ChainVerifier(Guid log)
        : this(log, 0, Digest.Zero)
    {
    }

    /// <summary>The sequence number that the next row must have.</summary>
    public long NextSeq { get; private set; } = nextSeq;

    /// <summary>Checks the next row.</summary>
    /// <param name="seq">The row's sequence number as stored beside the leaf.</param>
    /// <param name="leaf">The leaf as stored.</param>
    /// <param name="storedHash">The row hash as stored.</param>
    public ChainVerdict Add(long seq, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> storedHash)
    {
        (long expectedSeq, Digest expectedPrevious) = (NextSeq, _previous);
        LeafParse parse = LedgerLeaf.Parse(leaf);
        LedgerLeaf? read = (parse as LeafParse.Parsed)?.Leaf;
        Digest? computed = leaf.Length <= LedgerLeaf.MaxLength ? LedgerLeaf.RowHash(leaf) : null;
        Digest? stored = storedHash.Length == Digest.Length ? new Digest(storedHash) : null;
        NextSeq = seq == long.MaxValue ? seq : seq + 1;
        _previous = stored ?? computed ?? Digest.Zero;

        if (seq != expectedSeq)
        {
            return Broken(ChainFault.Gap, Number(expectedSeq), Number(seq));
        }

        if (parse is LeafParse.Refused refused)
        {
            return Broken(ChainFault.LeafForm, "a canonical leaf", refused.Reason);
        }

        if (computed is not { } rowHash || stored != rowHash)
        {
            return Broken(ChainFault.RowHash, $"{computed}", stored is null ? "not a hash" : $"{stored}");
        }

        if (read!.Log != log)
        {
            return Broken(ChainFault.Log, $"{log}", $"{read.Log}");
        }

        if (read.Seq != seq)
        {
            return Broken(ChainFault.Seq, Number(seq), Number(read.Seq));
        }

        return read.Previous == expectedPrevious
            ? new ChainVerdict.Ok(read, rowHash)
            : Broken(ChainFault.Previous, $"{expectedPrevious}", $"{read.Previous}");

        ChainVerdict.Broken Broken(ChainFault what, string expected, string found) =>
            new(what == ChainFault.Gap ? expectedSeq : seq, what, expected, found, read);
    }

    /// <summary>Checks the next row and allocates nothing.</summary>
    /// <param name="seq">The row's sequence number as stored beside the leaf.</param>
    /// <param name="leaf">The leaf as stored.</param>
    /// <param name="storedHash">The row hash as stored.</param>
    /// <param name="view">The leaf, where the row continues the log.</param>
    /// <param name="rowHash">The leaf's hash, where the row continues the log.</param>
    /// <returns>Whether the row continues the log. Where it does not, nothing is taken note of, and <see cref="Add"/> tells why.</returns>
    public bool TryAdd(long seq, ReadOnlySpan<byte> leaf, ReadOnlySpan<byte> storedHash, out LeafView view, out Digest rowHash)
    {
        rowHash = default;
        if (seq != NextSeq || seq == long.MaxValue || storedHash.Length != Digest.Length || !LeafView.TryRead(leaf, out view))
        {
            view = default;
            return false;
        }

        rowHash = LedgerLeaf.RowHash(leaf);
        if (rowHash != new Digest(storedHash) || view.Log != log || view.Seq != seq || view.Previous != _previous)
        {
            return false;
        }

        (NextSeq, _previous) = (seq + 1, rowHash);
        return true;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

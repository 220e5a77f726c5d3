using System.Buffers.Binary;

namespace Munshi.Ledger.Tiles;

/// <summary>Up to 256 entries, each as its length in two bytes, big-endian, and its bytes. C2SP tlog-tiles.</summary>
public static class EntryBundle
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaxEntryLength = ushort.MaxValue;

    private const int LengthBytes = 2;

    /// <exception cref="ArgumentException">There are no entries, more than 256, or one is longer than <see cref="MaxEntryLength"/>.</exception>
    public static byte[] Encode(IReadOnlyList<byte[]> entries)
    {
        if (entries.Count is < 1 or > TilePath.FullWidth || entries.Any(entry => entry.Length > MaxEntryLength))
        {
            throw new ArgumentException($"A bundle has 1 to {TilePath.FullWidth} entries of at most {MaxEntryLength} bytes.", nameof(entries));
        }

        byte[] bundle = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        Span<byte> rest = bundle;
        foreach (byte[] entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }

        return bundle;
    }

    /// <summary>The entries; null where the bytes are not exactly a bundle of this many.</summary>
    /// <param name="bundle">Any bytes.</param>
    /// <param name="width">How many entries there must be, as the path says.</param>
    public static IReadOnlyList<byte[]>? Parse(ReadOnlySpan<byte> bundle, int width)
    {
        if (!IsOf(bundle, width))
        {
            return null;
        }

        List<byte[]> entries = [];
        while (TryTake(ref bundle, out ReadOnlySpan<byte> entry))
        {
            entries.Add(entry.ToArray());
        }

        return entries;
    }

    /// <summary>Whether the bytes are exactly a bundle of this many entries.</summary>
    /// <param name="bundle">Any bytes.</param>
    /// <param name="width">How many entries there must be, as the path says.</param>
    public static bool IsOf(ReadOnlySpan<byte> bundle, int width)
    {
        int count = 0;
        while (count < width && TryTake(ref bundle, out _))
        {
            count++;
        }

        return count == width && bundle.IsEmpty;
    }

    /// <summary>Takes the first entry from a bundle, in place.</summary>
    /// <param name="bundle">The entries that are left.</param>
    /// <param name="entry">The first of them.</param>
    /// <returns>False where none is left, or it is cut short.</returns>
    public static bool TryTake(scoped ref ReadOnlySpan<byte> bundle, out ReadOnlySpan<byte> entry)
    {
        entry = default;
        if (bundle.Length < LengthBytes || bundle.Length - LengthBytes < BinaryPrimitives.ReadUInt16BigEndian(bundle))
        {
            return false;
        }

        entry = bundle.Slice(LengthBytes, BinaryPrimitives.ReadUInt16BigEndian(bundle));
        bundle = bundle[(LengthBytes + entry.Length)..];
        return true;
    }
}

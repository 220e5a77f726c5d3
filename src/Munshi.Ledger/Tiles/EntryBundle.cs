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
        List<byte[]> entries = [];
        while (!bundle.IsEmpty)
        {
            if (bundle.Length < LengthBytes || entries.Count == width)
            {
                return null;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(bundle);
            if (bundle.Length < LengthBytes + length)
            {
                return null;
            }

            entries.Add(bundle.Slice(LengthBytes, length).ToArray());
            bundle = bundle[(LengthBytes + length)..];
        }

        return entries.Count == width ? entries : null;
    }
}

namespace Munshi.Ledger.Notes;

/// <summary>Which 32 bytes are the one encoding of a scalar or a point of edwards25519 (RFC 8032, sections 5.1.2, 5.1.3 and 5.1.7). Little-endian.</summary>
internal static class Edwards25519
{
    /// <summary>L, the order of the group: 2^252 + 27742317777372353535851937790883648493.</summary>
    private static ReadOnlySpan<byte> Order =>
    [
        0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    /// <summary>p = 2^255 - 19.</summary>
    private static ReadOnlySpan<byte> Prime =>
    [
        0xED, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F,
    ];

    /// <summary>y = p - 1: with y = 1, the points whose x is 0.</summary>
    private static ReadOnlySpan<byte> MinusOne =>
    [
        0xEC, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F,
    ];

    private static ReadOnlySpan<byte> One => [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> Zero => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>One of the two y of the four points of order 8.</summary>
    private static ReadOnlySpan<byte> EighthOrder =>
    [
        0x26, 0xE8, 0x95, 0x8F, 0xC2, 0xB2, 0x27, 0xB0, 0x45, 0xC3, 0xF4, 0x89, 0xF2, 0xEF, 0x98, 0xF0,
        0xD5, 0xDF, 0xAC, 0x05, 0xD3, 0xC6, 0x33, 0x39, 0xB1, 0x38, 0x02, 0x88, 0x6D, 0x53, 0xFC, 0x05,
    ];

    /// <summary>The other y of the four points of order 8: p less the one above.</summary>
    private static ReadOnlySpan<byte> OtherEighthOrder =>
    [
        0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F, 0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
        0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6, 0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A,
    ];

    /// <summary>Below the group's order.</summary>
    public static bool IsCanonicalScalar(ReadOnlySpan<byte> scalar) => IsBelow(scalar, Order);

    /// <summary>y is below p, and a point whose x is 0 does not claim an odd one. Does not say that the point is on the curve.</summary>
    public static bool IsCanonicalPoint(ReadOnlySpan<byte> point)
    {
        Span<byte> y = stackalloc byte[32];
        bool odd = Split(point, y);
        return IsBelow(y, Prime) && !(odd && (y.SequenceEqual(One) || y.SequenceEqual(MinusOne)));
    }

    /// <summary>One of the eight points whose order divides 8: the identity, one of order 2, two of order 4 and four of order 8.</summary>
    /// <param name="point">A canonical encoding.</param>
    public static bool IsSmallOrder(ReadOnlySpan<byte> point)
    {
        Span<byte> y = stackalloc byte[32];
        Split(point, y);
        return y.SequenceEqual(One) || y.SequenceEqual(MinusOne) || y.SequenceEqual(Zero) || y.SequenceEqual(EighthOrder) || y.SequenceEqual(OtherEighthOrder);
    }

    /// <summary>Copies y without the sign of x, which it answers with: whether x is odd.</summary>
    private static bool Split(ReadOnlySpan<byte> point, Span<byte> y)
    {
        point.CopyTo(y);
        y[31] &= 0x7F;
        return (point[31] & 0x80) != 0;
    }

    private static bool IsBelow(ReadOnlySpan<byte> number, ReadOnlySpan<byte> bound)
    {
        for (int i = 31; i >= 0; i--)
        {
            if (number[i] != bound[i])
            {
                return number[i] < bound[i];
            }
        }

        return false;
    }
}

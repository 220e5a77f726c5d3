using System.Buffers;
using System.Buffers.Binary;

namespace Munshi.Ledger;

/// <summary>32 bytes compared by value: a row hash, a commitment or the hash of a ciphertext.</summary>
public readonly record struct Digest
{
    public const int Length = 32;

    /// <summary>The length of the text form: lower case hexadecimal digits.</summary>
    public const int HexLength = 2 * Length;

    /// <summary>The length of the base64 form, its one padding character included.</summary>
    public const int Base64Length = 44;

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public Digest(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A digest has {Length} bytes.", nameof(bytes));
        }

        _first = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _third = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _fourth = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>32 zero bytes: what the first leaf of a log names as previous.</summary>
    public static Digest Zero => default;

    /// <summary>Exactly 64 digits, lower case; anything else is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> hex, out Digest digest)
    {
        digest = default;
        if (hex.Length != HexLength || hex.ContainsAnyExcept(LowerHex))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[Length];
        Convert.FromHexString(hex, bytes, out _, out _);
        digest = new Digest(bytes);
        return true;
    }

    /// <summary>Exactly 44 characters of standard base64 in their one canonical form; anything else is refused.</summary>
    public static bool TryParseBase64(ReadOnlySpan<byte> base64, out Digest digest)
    {
        digest = default;
        if (base64.Length != Base64Length || !CanonicalBase64.TryDecode(base64, out byte[]? bytes) || bytes.Length != Length)
        {
            return false;
        }

        digest = new Digest(bytes);
        return true;
    }

    /// <param name="destination">At least 32 bytes.</param>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _fourth);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>44 characters of standard base64.</summary>
    public string ToBase64() => Convert.ToBase64String(ToArray());

    /// <summary>64 hexadecimal digits, lower case.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}

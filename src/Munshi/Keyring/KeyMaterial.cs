using System.Security.Cryptography;
using System.Text;

namespace Munshi.Keyring;

/// <summary>An unwrapped 256-bit key. It never leaves as bytes; everything is derived from it (HKDF-SHA-256, RFC 5869).</summary>
internal sealed class KeyMaterial
{
    public const int Length = 32;

    /// <summary>HKDF's first step, the same for every derivation: HMAC of the key under an empty salt (RFC 5869, 2.2).</summary>
    private readonly byte[] _pseudorandomKey;

    /// <param name="bytes">32 bytes; not kept.</param>
    public KeyMaterial(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _pseudorandomKey = new byte[Length];
        HKDF.Extract(HashAlgorithmName.SHA256, bytes, salt: [], _pseudorandomKey);
    }

    /// <summary>A 32-byte key for one row and one purpose.</summary>
    public void Derive(Guid rowId, string purpose, Span<byte> destination)
    {
        Span<byte> info = stackalloc byte[16 + Encoding.ASCII.GetMaxByteCount(purpose.Length)];
        rowId.TryWriteBytes(info, bigEndian: true, out _);
        int length = 16 + Encoding.ASCII.GetBytes(purpose, info[16..]);
        HKDF.Expand(HashAlgorithmName.SHA256, _pseudorandomKey, destination, info[..length]);
    }

    /// <summary>HMAC-SHA-256 of a value under a key derived for <paramref name="purpose"/>.</summary>
    public byte[] Lookup(string purpose, ReadOnlySpan<byte> value)
    {
        Span<byte> key = stackalloc byte[Length];
        Derive(Guid.Empty, purpose, key);
        return HMACSHA256.HashData(key, value);
    }
}

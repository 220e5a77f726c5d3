using System.Security.Cryptography;
using System.Text;

namespace Munshi.Keyring;

/// <summary>An unwrapped 256-bit key. It never leaves as bytes; everything is derived from it (HKDF-SHA-256, RFC 5869).</summary>
internal sealed class KeyMaterial
{
    public const int Length = 32;

    private readonly byte[] _bytes;

    /// <param name="bytes">32 bytes; copied.</param>
    public KeyMaterial(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _bytes = bytes.ToArray();
    }

    /// <summary>A 32-byte key for one row and one purpose.</summary>
    public void Derive(Guid rowId, string purpose, Span<byte> destination)
    {
        Span<byte> info = stackalloc byte[16 + Encoding.ASCII.GetMaxByteCount(purpose.Length)];
        rowId.TryWriteBytes(info, bigEndian: true, out _);
        int length = 16 + Encoding.ASCII.GetBytes(purpose, info[16..]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, destination, salt: [], info[..length]);
    }

    /// <summary>HMAC-SHA-256 of a value under a key derived for <paramref name="purpose"/>.</summary>
    public byte[] Lookup(string purpose, ReadOnlySpan<byte> value)
    {
        Span<byte> key = stackalloc byte[Length];
        Derive(Guid.Empty, purpose, key);
        return HMACSHA256.HashData(key, value);
    }
}

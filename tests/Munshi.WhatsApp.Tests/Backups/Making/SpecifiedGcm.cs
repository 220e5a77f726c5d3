using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Munshi.WhatsApp.Tests.Backups.Making;

/// <summary>AES-GCM written down from NIST SP 800-38D, bit by bit: no part of it is the one that is tested.</summary>
internal static class SpecifiedGcm
{
    private const int BlockBytes = 16;

    private static readonly UInt128 Polynomial = (UInt128)0xE1 << 120;

    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">Of any length but 12.</param>
    /// <param name="plain">Of any length.</param>
    /// <returns>As many bytes, and the tag of 16.</returns>
    public static (byte[] Encrypted, byte[] Tag) Encrypt(byte[] key, byte[] nonce, ReadOnlySpan<byte> plain)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        UInt128 hashKey = Block(aes.EncryptEcb(new byte[BlockBytes], PaddingMode.None));
        UInt128 first = Hash(hashKey, nonce, (UInt128)((ulong)nonce.Length * 8)); // 7.1, step 2
        byte[] counters = new byte[(plain.Length + BlockBytes - 1) / BlockBytes * BlockBytes];
        uint count = (uint)first;
        for (int at = 0; at < counters.Length; at += BlockBytes)
        {
            BinaryPrimitives.WriteUInt128BigEndian(counters.AsSpan(at), ((first >> 32) << 32) | unchecked(++count));
        }

        byte[] encrypted = counters.Length == 0 ? [] : aes.EncryptEcb(counters, PaddingMode.None)[..plain.Length];
        for (int i = 0; i < plain.Length; i++)
        {
            encrypted[i] ^= plain[i];
        }

        byte[] mask = new byte[BlockBytes];
        BinaryPrimitives.WriteUInt128BigEndian(mask, first);
        UInt128 tag = Hash(hashKey, encrypted, (UInt128)((ulong)encrypted.Length * 8)) ^ Block(aes.EncryptEcb(mask, PaddingMode.None));
        BinaryPrimitives.WriteUInt128BigEndian(mask, tag);
        return (encrypted, mask);
    }

    /// <summary>GHASH (6.4) of the bytes, filled up with zeros, and of their length in bits.</summary>
    private static UInt128 Hash(UInt128 hashKey, ReadOnlySpan<byte> bytes, UInt128 lengths)
    {
        UInt128 hash = 0;
        byte[] last = new byte[BlockBytes];
        for (int at = 0; at < bytes.Length; at += BlockBytes)
        {
            ReadOnlySpan<byte> block = bytes[at..Math.Min(at + BlockBytes, bytes.Length)];
            last.AsSpan().Clear();
            block.CopyTo(last);
            hash = Multiply(hash ^ Block(last), hashKey);
        }

        return Multiply(hash ^ lengths, hashKey);
    }

    /// <summary>6.3.</summary>
    private static UInt128 Multiply(UInt128 one, UInt128 other)
    {
        UInt128 product = 0;
        for (int bit = 127; bit >= 0; bit--)
        {
            product ^= ((one >> bit) & 1) == 1 ? other : 0;
            other = (other >> 1) ^ ((other & 1) == 1 ? Polynomial : 0);
        }

        return product;
    }

    private static UInt128 Block(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);
}

using System.Security.Cryptography;
using System.Text;

namespace Munshi.Keyring;

/// <summary>AES-256-GCM under a key of the row's own: <c>version 1 | nonce 12 | tag 16 | ciphertext</c>.</summary>
internal static class SealedValue
{
    public const int Overhead = 1 + NonceLength + TagLength;

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public static byte[] Seal(KeyMaterial key, in SealContext context, string text) =>
        Seal(key, context, Encoding.UTF8.GetBytes(text));

    public static byte[] Seal(KeyMaterial key, in SealContext context, ReadOnlySpan<byte> plaintext)
    {
        byte[] sealedValue = new byte[Overhead + plaintext.Length];
        sealedValue[0] = Version;
        Span<byte> nonce = sealedValue.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> associated = stackalloc byte[context.AssociatedLength];
        context.WriteAssociated(associated);
        using AesGcm cipher = Cipher(key, context);
        cipher.Encrypt(nonce, plaintext, sealedValue.AsSpan(Overhead), sealedValue.AsSpan(1 + NonceLength, TagLength), associated);
        return sealedValue;
    }

    /// <exception cref="CryptographicException">The value was altered, moved from its row or column, or sealed under another key.</exception>
    public static byte[] Open(KeyMaterial key, in SealContext context, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < Overhead || sealedValue[0] != Version)
        {
            throw new CryptographicException("Not a sealed value of a known version.");
        }

        byte[] plaintext = new byte[sealedValue.Length - Overhead];
        Span<byte> associated = stackalloc byte[context.AssociatedLength];
        context.WriteAssociated(associated);
        using AesGcm cipher = Cipher(key, context);
        cipher.Decrypt(
            sealedValue.Slice(1, NonceLength), sealedValue[Overhead..], sealedValue.Slice(1 + NonceLength, TagLength), plaintext, associated);
        return plaintext;
    }

    /// <inheritdoc cref="Open"/>
    public static string OpenText(KeyMaterial key, in SealContext context, ReadOnlySpan<byte> sealedValue) =>
        Encoding.UTF8.GetString(Open(key, context, sealedValue));

    private static AesGcm Cipher(KeyMaterial key, in SealContext context)
    {
        Span<byte> derived = stackalloc byte[KeyMaterial.Length];
        key.Derive(context.RowId, context.Column, derived);
        return new AesGcm(derived, TagLength);
    }
}

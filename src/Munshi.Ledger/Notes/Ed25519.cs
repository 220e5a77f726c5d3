using System.Security.Cryptography;

namespace Munshi.Ledger.Notes;

/// <summary>Ed25519 signatures (RFC 8032, section 5.1; no pre-hash, no context) by the system's OpenSSL 3. Safe for concurrent use.</summary>
/// <remarks>
/// A signature is valid where S is below the group's order, the public key and R are canonical encodings of points, the public key is not one of
/// the eight points of small order, and [S]B = R + [k]A holds as it stands, not multiplied by the cofactor. R of small order and keys of mixed
/// order are not refused as such.
/// </remarks>
/// <exception cref="PlatformNotSupportedException">Thrown by every member that computes where <c>libcrypto.so.3</c> is missing.</exception>
public static class Ed25519
{
    /// <summary>The private key: 32 random bytes.</summary>
    public const int SeedLength = 32;

    public const int PublicKeyLength = 32;

    /// <summary>R, then S, 32 bytes each.</summary>
    public const int SignatureLength = 64;

    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public static byte[] PublicKey(ReadOnlySpan<byte> seed)
    {
        RequireSeed(seed);
        try
        {
            using LibcryptoKey key = Libcrypto.NewPrivateKey(Libcrypto.Ed25519, 0, seed, SeedLength);
            byte[] publicKey = new byte[PublicKeyLength];
            nuint length = PublicKeyLength;
            Require(!key.IsInvalid && Libcrypto.GetPublicKey(key, publicKey, ref length) == 1 && length == PublicKeyLength);
            return publicKey;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw Missing(missing);
        }
    }

    /// <summary>The same seed and message give the same 64 bytes each time.</summary>
    /// <exception cref="ArgumentException"><paramref name="seed"/> is not 32 bytes long.</exception>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        RequireSeed(seed);
        try
        {
            using LibcryptoKey key = Libcrypto.NewPrivateKey(Libcrypto.Ed25519, 0, seed, SeedLength);
            using LibcryptoContext context = Libcrypto.NewContext();
            byte[] signature = new byte[SignatureLength];
            nuint length = SignatureLength;
            Require(!key.IsInvalid && !context.IsInvalid
                && Libcrypto.SignInit(context, 0, 0, 0, key) == 1
                && Libcrypto.Sign(context, signature, ref length, message, (nuint)message.Length) == 1
                && length == SignatureLength);
            return signature;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw Missing(missing);
        }
    }

    /// <summary>Whether the signature is valid; bytes of any length are an answer.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (!IsPublicKey(publicKey)
            || signature.Length != SignatureLength
            || !Edwards25519.IsCanonicalPoint(signature[..32])
            || !Edwards25519.IsCanonicalScalar(signature[32..]))
        {
            return false;
        }

        try
        {
            using LibcryptoKey key = Libcrypto.NewPublicKey(Libcrypto.Ed25519, 0, publicKey, PublicKeyLength);
            using LibcryptoContext context = Libcrypto.NewContext();
            Require(!key.IsInvalid && !context.IsInvalid && Libcrypto.VerifyInit(context, 0, 0, 0, key) == 1);
            bool valid = Libcrypto.Verify(context, signature, SignatureLength, message, (nuint)message.Length) == 1;
            if (!valid)
            {
                Libcrypto.ClearErrors();
            }

            return valid;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            throw Missing(missing);
        }
    }

    /// <summary>Whether signatures by this key are judged at all: 32 bytes, canonical, not of small order. A value that is no point passes and verifies nothing.</summary>
    public static bool IsPublicKey(ReadOnlySpan<byte> publicKey) =>
        publicKey.Length == PublicKeyLength && Edwards25519.IsCanonicalPoint(publicKey) && !Edwards25519.IsSmallOrder(publicKey);

    private static void RequireSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedLength)
        {
            throw new ArgumentException($"A seed has {SeedLength} bytes.", nameof(seed));
        }
    }

    private static void Require(bool done)
    {
        if (!done)
        {
            Libcrypto.ClearErrors();
            throw new CryptographicException("OpenSSL could not compute with an Ed25519 key.");
        }
    }

    private static PlatformNotSupportedException Missing(Exception missing) =>
        new("Ed25519 signatures need OpenSSL 3 (libcrypto.so.3), which this machine does not have.", missing);
}

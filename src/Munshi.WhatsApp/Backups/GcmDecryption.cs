using System.Security.Cryptography;

namespace Munshi.WhatsApp.Backups;

/// <summary>AES-256-GCM, piece by piece. What it gives is not to be trusted before <see cref="Verify"/> said so.</summary>
internal sealed class GcmDecryption : IDisposable
{
    public const int TagBytes = 16;

    private readonly LibcryptoCipher _cipher = Libcrypto.NewCipher();

    /// <param name="key">32 bytes.</param>
    /// <param name="nonce">Of any length.</param>
    public GcmDecryption(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce)
    {
        bool isReady = !_cipher.IsInvalid
            && Libcrypto.Begin(_cipher, Libcrypto.Aes256Gcm(), 0, default, default) == 1
            && Libcrypto.Control(_cipher, Libcrypto.SetNonceLength, nonce.Length, default) == 1
            && Libcrypto.Begin(_cipher, 0, 0, key, nonce) == 1;
        if (!isReady)
        {
            Dispose();
            throw Failure();
        }
    }

    /// <param name="encrypted">The next bytes.</param>
    /// <param name="plain">As many; may be the same memory.</param>
    public void Update(ReadOnlySpan<byte> encrypted, Span<byte> plain)
    {
        int length = 0;
        if (encrypted.Length > 0 && (Libcrypto.Decrypt(_cipher, plain, ref length, encrypted, encrypted.Length) != 1 || length != encrypted.Length))
        {
            throw Failure();
        }
    }

    /// <summary>Whether all bytes since the beginning are those that the key's holder encrypted. Called once, behind the last.</summary>
    /// <param name="tag">16 bytes.</param>
    public bool Verify(ReadOnlySpan<byte> tag)
    {
        int length = 0;
        Span<byte> none = stackalloc byte[TagBytes];
        bool isRight = Libcrypto.Control(_cipher, Libcrypto.SetTag, tag.Length, tag) == 1 && Libcrypto.End(_cipher, none, ref length) == 1;
        Libcrypto.ClearErrors();
        return isRight;
    }

    public void Dispose() => _cipher.Dispose();

    private static CryptographicException Failure()
    {
        Libcrypto.ClearErrors();
        return new CryptographicException("OpenSSL refused to decrypt.");
    }
}

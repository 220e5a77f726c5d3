using System.Buffers.Binary;
using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Media.Files;

/// <summary>The file format <c>munshi-media/1</c>, byte for byte in <c>docs/data-format.md</c>.</summary>
/// <remarks>
/// <code>
/// magic 15 | salt 16 | chunk 0 | chunk 1 | … | last chunk
/// chunk: ciphertext of 65,536 bytes (the last one: 0 to 65,536, and 0 only where the file is empty) | tag 16
/// nonce: index of the chunk, u64 | 1 for the last chunk, else 0, u32
/// </code>
/// </remarks>
internal static class MediaFormat
{
    /// <summary>Of plaintext, in every chunk but the last.</summary>
    public const int ChunkBytes = 64 * 1024;

    public const int TagBytes = 16;

    public const int SealedChunkBytes = ChunkBytes + TagBytes;

    public const int SaltBytes = 16;

    private const int NonceBytes = 12;
    private const string Purpose = "media";

    public static ReadOnlySpan<byte> Magic => "munshi-media/1\n"u8;

    public static int HeaderBytes => Magic.Length + SaltBytes;

    /// <summary>How long the file is that holds so much.</summary>
    public static long SealedLength(long plaintext) => HeaderBytes + plaintext + (ChunkCount(plaintext) * TagBytes);

    /// <summary>How much a file of that length holds; null where no file has that length.</summary>
    public static long? PlainLength(long sealedLength)
    {
        long body = sealedLength - HeaderBytes;
        long chunks = (body + SealedChunkBytes - 1) / SealedChunkBytes;
        long plain = body - (chunks * TagBytes);
        return body >= TagBytes && plain >= 0 && SealedLength(plain) == sealedLength ? plain : null;
    }

    /// <summary>An empty file has one chunk too.</summary>
    public static long ChunkCount(long plaintext) => Math.Max(1, (plaintext + ChunkBytes - 1) / ChunkBytes);

    /// <summary>The file's own key: HKDF-SHA-256 of the data key for the row, then with the file's salt.</summary>
    public static AesGcm Cipher(KeyMaterial key, Guid mediaId, ReadOnlySpan<byte> salt)
    {
        Span<byte> ofRow = stackalloc byte[KeyMaterial.Length];
        key.Derive(mediaId, Purpose, ofRow);
        Span<byte> ofFile = stackalloc byte[KeyMaterial.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ofRow, ofFile, salt, Magic[..^1]);
        return new AesGcm(ofFile, TagBytes);
    }

    /// <summary>Workspace and media id, bound to every chunk.</summary>
    public static byte[] Associated(Guid clientId, Guid mediaId) => [.. clientId.ToByteArray(bigEndian: true), .. mediaId.ToByteArray(bigEndian: true)];

    public static byte[] Nonce(long index, bool isLast)
    {
        byte[] nonce = new byte[NonceBytes];
        BinaryPrimitives.WriteInt64BigEndian(nonce, index);
        BinaryPrimitives.WriteInt32BigEndian(nonce.AsSpan(8), isLast ? 1 : 0);
        return nonce;
    }
}

using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Media.Files;

/// <summary>Writes a file of the format <see cref="MediaFormat"/> as it comes; one chunk of plaintext is in memory at a time.</summary>
internal sealed class MediaWriter : IDisposable
{
    private readonly Stream _target;
    private readonly AesGcm _cipher;
    private readonly byte[] _salt = RandomNumberGenerator.GetBytes(MediaFormat.SaltBytes);
    private readonly byte[] _associated;
    private readonly byte[] _chunk = new byte[MediaFormat.ChunkBytes];
    private readonly byte[] _sealed = new byte[MediaFormat.SealedChunkBytes];
    private readonly IncrementalHash _plaintext = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _ciphertext = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _filled;
    private long _index;
    private bool _begun;

    /// <param name="target">Written from its start; the caller's to flush and dispose.</param>
    /// <param name="key">The data key of identifier and month.</param>
    /// <param name="clientId">The workspace.</param>
    /// <param name="mediaId">The row.</param>
    public MediaWriter(Stream target, KeyMaterial key, Guid clientId, Guid mediaId)
    {
        _target = target;
        _cipher = MediaFormat.Cipher(key, mediaId, _salt);
        _associated = MediaFormat.Associated(clientId, mediaId);
    }

    /// <summary>Of plaintext, so far.</summary>
    public long Bytes { get; private set; }

    public async Task WriteAsync(ReadOnlyMemory<byte> plaintext, CancellationToken cancellationToken)
    {
        _plaintext.AppendData(plaintext.Span);
        Bytes += plaintext.Length;
        while (!plaintext.IsEmpty)
        {
            if (_filled == _chunk.Length)
            {
                await SealAsync(isLast: false, cancellationToken); // only when more comes: the last chunk may be full
            }

            int taken = Math.Min(plaintext.Length, _chunk.Length - _filled);
            plaintext[..taken].CopyTo(_chunk.AsMemory(_filled));
            _filled += taken;
            plaintext = plaintext[taken..];
        }
    }

    /// <summary>Writes the last chunk. Nothing may be written afterwards.</summary>
    public async Task<SealedMedia> FinishAsync(CancellationToken cancellationToken)
    {
        await SealAsync(isLast: true, cancellationToken);
        return new SealedMedia(Bytes, _ciphertext.GetHashAndReset(), _plaintext.GetHashAndReset());
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_chunk);
        _cipher.Dispose();
        _plaintext.Dispose();
        _ciphertext.Dispose();
    }

    private async Task SealAsync(bool isLast, CancellationToken cancellationToken)
    {
        if (!_begun)
        {
            _begun = true;
            await PutAsync((byte[])[.. MediaFormat.Magic, .. _salt], cancellationToken);
        }

        _cipher.Encrypt(
            MediaFormat.Nonce(_index++, isLast), _chunk.AsSpan(0, _filled), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, MediaFormat.TagBytes), _associated);
        await PutAsync(_sealed.AsMemory(0, _filled + MediaFormat.TagBytes), cancellationToken);
        _filled = 0;
    }

    private async Task PutAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        _ciphertext.AppendData(bytes.Span);
        await _target.WriteAsync(bytes, cancellationToken);
    }
}

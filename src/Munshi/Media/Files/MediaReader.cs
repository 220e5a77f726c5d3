using System.Security.Cryptography;
using Munshi.Keyring;

namespace Munshi.Media.Files;

/// <summary>The plaintext of a file of the format <see cref="MediaFormat"/>, read at any place; nothing of a chunk is given out before it is authenticated.</summary>
/// <remarks>Opening authenticates the last chunk, and with it the length. Not safe for concurrent use.</remarks>
internal sealed class MediaReader : RandomAccessStream
{
    private readonly Stream _source;
    private readonly AesGcm _cipher;
    private readonly byte[] _associated;
    private readonly byte[] _sealed = new byte[MediaFormat.SealedChunkBytes];
    private readonly byte[] _chunk = new byte[MediaFormat.ChunkBytes];
    private long _opened = -1;

    private MediaReader(Stream source, AesGcm cipher, byte[] associated, long length)
        : base(length) => (_source, _cipher, _associated) = (source, cipher, associated);

    /// <param name="source">The whole file, which can seek; disposed with the reader, and here if it is refused.</param>
    /// <param name="key">The data key of identifier and month.</param>
    /// <param name="clientId">The workspace.</param>
    /// <param name="mediaId">The row.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <exception cref="MediaDamagedException">It is none, was cut off or prolonged, or is not this one's.</exception>
    public static async Task<MediaReader> OpenAsync(Stream source, KeyMaterial key, Guid clientId, Guid mediaId, CancellationToken cancellationToken)
    {
        try
        {
            byte[] header = new byte[MediaFormat.HeaderBytes];
            source.Position = 0;
            if (await source.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < header.Length
                || !header.AsSpan().StartsWith(MediaFormat.Magic)
                || MediaFormat.PlainLength(source.Length) is not { } length)
            {
                throw new MediaDamagedException();
            }

            MediaReader reader = new(
                source, MediaFormat.Cipher(key, mediaId, header.AsSpan(MediaFormat.Magic.Length)), MediaFormat.Associated(clientId, mediaId), length);
            await reader.OpenChunkAsync(MediaFormat.ChunkCount(length) - 1, cancellationToken);
            return reader;
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="MediaDamagedException">The chunk there was altered, or is another's.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || Position >= Length)
        {
            return 0;
        }

        await OpenChunkAsync(Position / MediaFormat.ChunkBytes, cancellationToken);
        int from = (int)(Position % MediaFormat.ChunkBytes);
        int taken = (int)Math.Min(Math.Min(buffer.Length, MediaFormat.ChunkBytes - from), Length - Position);
        _chunk.AsMemory(from, taken).CopyTo(buffer);
        Position += taken;
        return taken;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_chunk);
            _cipher.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task OpenChunkAsync(long index, CancellationToken cancellationToken)
    {
        if (_opened == index)
        {
            return;
        }

        bool isLast = index == MediaFormat.ChunkCount(Length) - 1;
        int length = isLast ? (int)(Length - (index * MediaFormat.ChunkBytes)) : MediaFormat.ChunkBytes;
        _source.Position = MediaFormat.HeaderBytes + (index * MediaFormat.SealedChunkBytes);
        _opened = -1;
        try
        {
            await _source.ReadExactlyAsync(_sealed.AsMemory(0, length + MediaFormat.TagBytes), cancellationToken);
            _cipher.Decrypt(MediaFormat.Nonce(index, isLast), _sealed.AsSpan(0, length), _sealed.AsSpan(length, MediaFormat.TagBytes), _chunk.AsSpan(0, length), _associated);
        }
        catch (Exception exception) when (exception is CryptographicException or EndOfStreamException)
        {
            throw new MediaDamagedException(exception);
        }

        _opened = index;
    }
}

using System.IO.Compression;

namespace Munshi.WhatsApp.Exports;

/// <summary>A file of an archive as it is unpacked, forwards only: its end is reached where its length and checksum are what the archive's directory says, and nowhere else.</summary>
/// <remarks>As for <see cref="ArchivedText"/>, the framework compares neither.</remarks>
internal sealed class ArchivedFile : Stream
{
    private readonly ZipArchiveEntry _entry;
    private readonly Stream _opened;
    private readonly Stream _content;
    private Crc32 _checksum = new();
    private long _read;

    /// <param name="entry">Not encrypted.</param>
    /// <exception cref="InvalidDataException">The archive is damaged where the file begins.</exception>
    public ArchivedFile(ZipArchiveEntry entry)
    {
        _entry = entry;
        _opened = entry.Open();
        _content = _opened is DeflateStream cut ? new DeflateStream(cut.BaseStream, CompressionMode.Decompress, leaveOpen: true) : _opened;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is not what the directory says of it.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _content.Read(buffer);
        _checksum.Append(buffer[..read]);
        _read += read;
        if (_read > _entry.Length || (read == 0 && buffer.Length > 0 && (_read != _entry.Length || _checksum.Value != _entry.Crc32)))
        {
            throw new InvalidDataException("A file of the archive is damaged.");
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _opened.Dispose();
        }

        base.Dispose(disposing);
    }
}

namespace Munshi.WhatsApp.Backups;

/// <summary>The plain bytes of a part of a file, read once from its beginning. They are not to be trusted before the tag was verified.</summary>
/// <param name="file">Not disposed.</param>
/// <param name="decryption">Not disposed.</param>
/// <param name="start">Where the encrypted bytes begin.</param>
/// <param name="length">Of them.</param>
internal sealed class DecryptedStream(Stream file, GcmDecryption decryption, long start, long length) : Stream
{
    private long _passed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        file.Position = start + _passed;
        int read = file.Read(buffer[..(int)Math.Min(buffer.Length, length - _passed)]);
        decryption.Update(buffer[..read], buffer[..read]);
        _passed += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

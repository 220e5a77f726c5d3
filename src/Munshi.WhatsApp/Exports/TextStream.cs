namespace Munshi.WhatsApp.Exports;

/// <summary>Reads a stream up to a limit, whatever its archive says of its length; bytes can be put back at its beginning.</summary>
internal sealed class TextStream(Stream inner, long limit, bool leaveOpen) : Stream
{
    private byte[] _putBack = [];
    private int _given;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next bytes to be read; the stream's own follow them.</summary>
    public void PutBack(ReadOnlySpan<byte> bytes) => (_putBack, _given) = (bytes.ToArray(), 0);

    /// <exception cref="TextTooLargeException">The limit is passed.</exception>
    public override int Read(Span<byte> buffer)
    {
        int again = Math.Min(_putBack.Length - _given, buffer.Length);
        if (again > 0)
        {
            _putBack.AsSpan(_given, again).CopyTo(buffer);
            _given += again;
            return again;
        }

        int read = inner.Read(buffer);
        _read += read;
        return _read <= limit ? read : throw new TextTooLargeException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !leaveOpen)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

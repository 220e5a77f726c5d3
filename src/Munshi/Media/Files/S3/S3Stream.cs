using Amazon.S3;
using Amazon.S3.Model;

namespace Munshi.Media.Files.S3;

/// <summary>An object read at any place, by calls for 1 MiB at a time. Not safe for concurrent use.</summary>
internal sealed class S3Stream(AmazonS3Client client, string bucket, string key, long length) : Stream
{
    private const int WindowBytes = 1024 * 1024;

    private byte[] _window = [];
    private long _from;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        if (_position < _from || _position >= _from + _window.Length)
        {
            await FetchAsync(cancellationToken);
        }

        int at = (int)(_position - _from);
        int taken = Math.Min(buffer.Length, _window.Length - at);
        _window.AsMemory(at, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => length + offset,
        _ => offset,
    };

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        byte[] window = new byte[Math.Min(WindowBytes, length - _position)];
        using GetObjectResponse part = await client.GetObjectAsync(
            new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(_position, _position + window.Length - 1) }, cancellationToken);
        await part.ResponseStream.ReadExactlyAsync(window, cancellationToken);
        (_window, _from) = (window, _position);
    }
}

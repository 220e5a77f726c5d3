using Amazon.S3;
using Amazon.S3.Model;

namespace Munshi.Media.Files.S3;

/// <summary>An object read at any place, by calls for 1 MiB at a time. Not safe for concurrent use.</summary>
internal sealed class S3Stream(AmazonS3Client client, string bucket, string key, long length) : RandomAccessStream(length)
{
    private const int WindowBytes = 1024 * 1024;

    private byte[] _window = [];
    private long _from;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        if (Position < _from || Position >= _from + _window.Length)
        {
            await FetchAsync(cancellationToken);
        }

        int at = (int)(Position - _from);
        int taken = Math.Min(buffer.Length, _window.Length - at);
        _window.AsMemory(at, taken).CopyTo(buffer);
        Position += taken;
        return taken;
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        byte[] window = new byte[Math.Min(WindowBytes, Length - Position)];
        using GetObjectResponse part = await client.GetObjectAsync(
            new GetObjectRequest { BucketName = bucket, Key = key, ByteRange = new ByteRange(Position, Position + window.Length - 1) }, cancellationToken);
        await part.ResponseStream.ReadExactlyAsync(window, cancellationToken);
        (_window, _from) = (window, Position);
    }
}

using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Munshi.Media.Files.S3;

/// <summary>Files in an S3-compatible store: objects <c>ab/cd/{64 hex}</c>. What is being written lies encrypted in the data directory until it is whole.</summary>
/// <remarks>A PUT answered with 200 is durable. That the store keeps objects from being removed (object lock) is not asked for and not claimed.</remarks>
internal sealed class S3MediaStore(AmazonS3Client client, string bucket, MediaDirectory parts) : IMediaStore, IDisposable
{
    private readonly AmazonS3Client _client = client;
    private readonly string _bucket = bucket;

    public async Task<StagedMedia> StageAsync(CancellationToken cancellationToken) => new Part(this, await parts.StagePartAsync(cancellationToken));

    public async Task<Stream?> OpenAsync(byte[] hash, CancellationToken cancellationToken)
    {
        string key = KeyOf(hash);
        try
        {
            GetObjectMetadataResponse found = await _client.GetObjectMetadataAsync(_bucket, key, cancellationToken);
            return new S3Stream(_client, _bucket, key, found.ContentLength);
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<byte[]>> OlderThanAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        parts.RemovePartsOlderThan(at);
        ListObjectsV2Request request = new() { BucketName = _bucket };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, cancellationToken);
            yield return [.. (page.S3Objects ?? []).Where(found => found.LastModified is { } kept && kept.ToUniversalTime() < at.UtcDateTime).Select(found => HashOf(found.Key)).OfType<byte[]>()];
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated ?? false);
    }

    public Task RemoveAsync(byte[] hash, CancellationToken cancellationToken) => _client.DeleteObjectAsync(_bucket, KeyOf(hash), cancellationToken);

    public void Dispose() => _client.Dispose();

    private static string KeyOf(byte[] hash)
    {
        string name = Convert.ToHexStringLower(hash);
        return $"{name[..2]}/{name[2..4]}/{name}";
    }

    /// <summary>Null for an object that is none of ours.</summary>
    private static byte[]? HashOf(string key)
    {
        byte[] hash = new byte[32];
        return key.Length == 70 && Convert.FromHexString(key.AsSpan(6), hash, out _, out _) == System.Buffers.OperationStatus.Done && KeyOf(hash) == key ? hash : null;
    }

    private sealed class Part(S3MediaStore store, LocalPart part) : StagedMedia
    {
        public override Stream Content => part.Content;

        public override async Task KeepAsync(byte[] hash, CancellationToken cancellationToken)
        {
            await part.Content.FlushAsync(cancellationToken);
            try
            {
                PutObjectRequest put = new()
                {
                    BucketName = store._bucket,
                    Key = KeyOf(hash),
                    FilePath = part.Path,
                    ContentType = "application/octet-stream",
                    UseChunkEncoding = false, // not every store takes the frames out again
                    ChecksumSHA256 = Convert.ToBase64String(hash), // a store that knows it refuses anything else
                };
                await store._client.PutObjectAsync(put, cancellationToken);
                GetObjectMetadataResponse kept = await store._client.GetObjectMetadataAsync(store._bucket, put.Key, cancellationToken);
                if (kept.ContentLength != part.Content.Length)
                {
                    throw new IOException("The store keeps another length than it was given.");
                }
            }
            catch (Exception exception) when (exception is AmazonS3Exception or HttpRequestException or Amazon.Runtime.AmazonClientException)
            {
                throw new IOException("The store did not take the file.", exception);
            }
        }

        public override ValueTask DisposeAsync() => part.DisposeAsync();
    }
}

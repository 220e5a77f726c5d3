namespace Munshi.Media.Files.S3;

/// <summary>An S3-compatible store for customers' files, section <c>Media:S3</c>. Without <see cref="ServiceUrl"/> files lie in the data directory.</summary>
internal sealed class S3Options
{
    /// <summary>Scheme, host and port of the store.</summary>
    public Uri? ServiceUrl { get; init; }

    public string Bucket { get; init; } = "";

    /// <summary>What is signed as the region. Default <c>us-east-1</c>, which many stores take.</summary>
    public string Region { get; init; } = "us-east-1";

    public string AccessKey { get; init; } = "";

    public string SecretKey { get; init; } = "";

    public bool IsComplete => ServiceUrl is { IsAbsoluteUri: true, Scheme: "https" or "http" } && Bucket.Length > 0 && Region.Length > 0 && AccessKey.Length > 0 && SecretKey.Length > 0;
}

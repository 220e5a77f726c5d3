using Munshi.Media.Files;

namespace Munshi.Media.Sending;

/// <summary>The file of a message of ours, as far as sending needs it.</summary>
internal sealed record FileToSend
{
    public required Guid Id { get; init; }

    public required Guid KeyId { get; init; }

    public required MediaType Type { get; init; }

    /// <summary>In bytes, of plaintext.</summary>
    public required long Length { get; init; }

    /// <summary>Names the file in <see cref="IMediaStore"/>.</summary>
    public required byte[] FileHash { get; init; }

    /// <summary>Meta's, from an earlier upload that is still good; null where it is to be uploaded.</summary>
    public required string? UploadId { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset? UploadedAt { get; init; }

    public override string ToString() => $"{nameof(FileToSend)} {Id}";
}

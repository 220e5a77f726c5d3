namespace Munshi.Media.Files;

/// <summary>Where encrypted files lie, each under the SHA-256 of its bytes.</summary>
/// <remarks>
/// A file is durable once <see cref="StagedMedia.KeepAsync"/> completes, and never changes. It is kept before the row that names it, so one that no row names
/// may be there for a while. Safe for concurrent use.
/// </remarks>
internal interface IMediaStore
{
    /// <summary>Begins a file whose name is not known yet. Not kept, it leaves nothing.</summary>
    Task<StagedMedia> StageAsync(CancellationToken cancellationToken);

    /// <summary>A stream that can seek; null where there is no such file.</summary>
    /// <param name="hash">32 bytes.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    Task<Stream?> OpenAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Those kept before an instant, and what was begun before it and never kept, in batches.</summary>
    IAsyncEnumerable<IReadOnlyList<byte[]>> OlderThanAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Harmless where there is none.</summary>
    Task RemoveAsync(byte[] hash, CancellationToken cancellationToken);
}

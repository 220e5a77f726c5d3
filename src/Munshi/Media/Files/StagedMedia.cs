namespace Munshi.Media.Files;

/// <summary>A file being written, ciphertext only.</summary>
internal abstract class StagedMedia : IAsyncDisposable
{
    public abstract Stream Content { get; }

    /// <summary>Makes it durable under its name; once.</summary>
    /// <param name="hash">SHA-256 of what was written.</param>
    /// <param name="cancellationToken">Honoured until it has its name.</param>
    public abstract Task KeepAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>Removes what was not kept.</summary>
    public abstract ValueTask DisposeAsync();
}

using System.Runtime.CompilerServices;
using Munshi.Database;

namespace Munshi.Media.Files;

/// <summary>Files in the data directory: <c>media/ab/cd/{64 hex}</c>, what is being written in <c>media/part</c>. Readable by the service only.</summary>
internal sealed class MediaDirectory(DataDirectory data) : IMediaStore
{
    private const int BatchFiles = 1000;
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Parts => Path.Combine(data.Media, "part");

    public async Task<StagedMedia> StageAsync(CancellationToken cancellationToken) => new Part(this, await StagePartAsync(cancellationToken));

    /// <summary>A file in <c>media/part</c> that has no name yet.</summary>
    public Task<LocalPart> StagePartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Directory.CreateDirectory(data.Media, Folder);
        Directory.CreateDirectory(Parts, Folder);
        string path = Path.Combine(Parts, $"{Guid.NewGuid():N}");
        FileStream content = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = File, Options = FileOptions.Asynchronous });
        return Task.FromResult(new LocalPart(path, content));
    }

    public Task<Stream?> OpenAsync(byte[] hash, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(PathOf(hash), new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.RandomAccess, BufferSize = 0 }));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<byte[]>> OlderThanAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(data.Media))
        {
            yield break;
        }

        RemovePartsOlderThan(at);
        List<byte[]> batch = [];
        foreach (string path in Directory.EnumerateFiles(data.Media, "*", SearchOption.AllDirectories))
        {
            if (System.IO.File.GetLastWriteTimeUtc(path) >= at.UtcDateTime)
            {
                continue;
            }

            if (HashOf(path) is { } hash)
            {
                batch.Add(hash);
            }

            if (batch.Count == BatchFiles)
            {
                yield return batch;
                batch = [];
                await Task.Yield();
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        yield return batch;
    }

    public Task RemoveAsync(byte[] hash, CancellationToken cancellationToken)
    {
        string path = PathOf(hash);
        if (System.IO.File.Exists(path))
        {
            System.IO.File.Delete(path);
        }

        return Task.CompletedTask;
    }

    /// <summary>What was begun before an instant and never kept.</summary>
    public void RemovePartsOlderThan(DateTimeOffset at)
    {
        foreach (string path in Directory.Exists(Parts) ? Directory.EnumerateFiles(Parts) : [])
        {
            if (System.IO.File.GetLastWriteTimeUtc(path) < at.UtcDateTime)
            {
                System.IO.File.Delete(path);
            }
        }
    }

    private string PathOf(byte[] hash)
    {
        string name = Convert.ToHexStringLower(hash);
        return Path.Combine(data.Media, name[..2], name[2..4], name);
    }

    /// <summary>Null for a file that is none of ours.</summary>
    private byte[]? HashOf(string path)
    {
        string name = Path.GetFileName(path);
        byte[] hash = new byte[32];
        return name.Length == 64 && Convert.FromHexString(name, hash, out _, out _) == System.Buffers.OperationStatus.Done && PathOf(hash) == path ? hash : null;
    }

    private sealed class Part(MediaDirectory directory, LocalPart part) : StagedMedia
    {
        public override Stream Content => part.Content;

        public override Task KeepAsync(byte[] hash, CancellationToken cancellationToken)
        {
            part.Content.Flush(flushToDisk: true);
            string target = directory.PathOf(hash);
            string near = Path.GetDirectoryName(target)!;
            string far = Path.GetDirectoryName(near)!;
            Directory.CreateDirectory(far, Folder);
            Directory.CreateDirectory(near, Folder);
            System.IO.File.Move(part.Path, target, overwrite: true);
            DirectorySync.Flush(near);
            DirectorySync.Flush(far);
            DirectorySync.Flush(Path.GetDirectoryName(far)!);
            return Task.CompletedTask;
        }

        public override ValueTask DisposeAsync() => part.DisposeAsync();
    }
}

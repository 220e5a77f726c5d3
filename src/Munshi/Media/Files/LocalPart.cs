namespace Munshi.Media.Files;

/// <summary>A file being written in <c>media/part</c>; it goes when it is disposed, unless it was moved.</summary>
internal sealed class LocalPart(string path, FileStream content) : IAsyncDisposable
{
    public string Path => path;

    public FileStream Content => content;

    public async ValueTask DisposeAsync()
    {
        await content.DisposeAsync();
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}

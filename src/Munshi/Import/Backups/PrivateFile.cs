using Munshi.Database.Cluster;

namespace Munshi.Import.Backups;

/// <summary>A file of this process alone, mode 0600. It has no name but while somebody opens it by one, so that nothing stays of it, also after a kill.</summary>
/// <remarks>Where the file system has no files without a name, it has one in a folder of mode 0700 until it is disposed.</remarks>
internal sealed class PrivateFile : IDisposable
{
    private const string Name = "content";

    private readonly string _folder;
    private readonly string? _path;

    private PrivateFile(FileStream content, string folder, string? path)
    {
        (Content, _folder, _path) = (content, folder, path);
    }

    public FileStream Content { get; }

    /// <param name="folder">On a file system with room for it.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static PrivateFile Create(string folder)
    {
        if (NativeFile.CreateUnnamed(folder) is { } handle)
        {
            return new PrivateFile(new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0), folder, path: null);
        }

        string own = NewFolder(folder);
        string path = Path.Combine(own, Name);
        return new PrivateFile(
            new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                BufferSize = 0,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }),
            folder,
            path);
    }

    /// <summary>Opens the file by a name; afterwards it has none again.</summary>
    public T OpenByName<T>(Func<string, T> open)
    {
        if (_path is not null)
        {
            return open(_path);
        }

        string own = NewFolder(_folder);
        string path = Path.Combine(own, Name);
        try
        {
            NativeFile.GiveName(Content.SafeFileHandle, path);
            return open(path);
        }
        finally
        {
            Directory.Delete(own, recursive: true);
        }
    }

    public void Dispose()
    {
        Content.Dispose();
        if (_path is not null)
        {
            Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
        }
    }

    private static string NewFolder(string parent)
    {
        string folder = Path.Combine(parent, $"munshi-{Path.GetRandomFileName()}");
        NativeFile.MakeDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}

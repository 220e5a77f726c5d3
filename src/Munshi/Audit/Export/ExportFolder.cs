using Munshi.CommandLine;
using Munshi.Database;

namespace Munshi.Audit.Export;

/// <summary>A directory that comes to be as a whole: written as <c>DIR.part</c>, durable, then renamed. Its files are for their owner only. Not safe for concurrent use.</summary>
internal sealed class ExportFolder : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerDirectory = OwnerFile | UnixFileMode.UserExecute;

    private readonly string _target;
    private readonly string _part;
    private readonly HashSet<string> _made = [];
    private bool _completed;

    private ExportFolder(string target)
    {
        _target = target;
        _part = target + ".part";
        Directory.CreateDirectory(_part, OwnerDirectory);
    }

    /// <param name="directory">A name that nothing has yet, or an empty directory.</param>
    /// <exception cref="RefusalException">It cannot be written there.</exception>
    public static ExportFolder Create(string directory)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new RefusalException($"{directory} exists and is not empty: name a new directory.");
        }

        if (Path.Exists(target + ".part"))
        {
            throw new RefusalException($"{target}.part is there from an export that was broken off: remove it, or name another directory.");
        }

        return Directory.Exists(Path.GetDirectoryName(target))
            ? new ExportFolder(target)
            : throw new RefusalException($"There is no directory {Path.GetDirectoryName(target)} to make the export in.");
    }

    /// <summary>Where a file of it lies until it is complete.</summary>
    public string PathOf(string file) => Path.Combine(_part, file);

    public bool Has(string file) => File.Exists(PathOf(file));

    public void Delete(string file) => File.Delete(PathOf(file));

    public FileStream Open(string file)
    {
        string path = Path.Combine(_part, file);
        Make(Path.GetDirectoryName(path)!);
        return new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerFile });
    }

    public void Write(string file, ReadOnlySpan<byte> content)
    {
        using FileStream stream = Open(file);
        stream.Write(content);
    }

    /// <summary>Copies a program, for its owner to run.</summary>
    public void CopyProgram(string file, string source)
    {
        using (FileStream stream = Open(file))
        {
            using FileStream from = File.OpenRead(source);
            from.CopyTo(stream);
        }

        File.SetUnixFileMode(Path.Combine(_part, file), OwnerDirectory);
    }

    /// <summary>Gives the directory its name; durable once this returns.</summary>
    public void Complete()
    {
        DirectorySync.FlushFileSystem(_part);
        if (Directory.Exists(_target))
        {
            Directory.Delete(_target); // empty, or this throws
        }

        Directory.Move(_part, _target);
        DirectorySync.Flush(Path.GetDirectoryName(_target)!);
        _completed = true;
    }

    /// <summary>Takes away what was not completed.</summary>
    public void Dispose()
    {
        if (!_completed && Directory.Exists(_part))
        {
            Directory.Delete(_part, recursive: true);
        }
    }

    /// <remarks>One level at a time: those above the last would get the usual mode.</remarks>
    private void Make(string directory)
    {
        if (directory != _part && _made.Add(directory))
        {
            Make(Path.GetDirectoryName(directory)!);
            Directory.CreateDirectory(directory, OwnerDirectory);
        }
    }
}

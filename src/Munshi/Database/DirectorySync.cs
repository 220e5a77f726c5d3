using System.Runtime.InteropServices;

namespace Munshi.Database;

/// <summary>Makes a rename or a new file's name durable (fsync of the directory, which .NET does not offer).</summary>
internal static partial class DirectorySync
{
    private const int ReadOnlyDirectory = 0x10000; // O_RDONLY | O_DIRECTORY

    /// <exception cref="IOException">The directory could not be opened or flushed.</exception>
    public static void Flush(string directory) => Flush(directory, Fsync);

    /// <summary>Makes all that was written to the directory's file system durable: for many files at once.</summary>
    /// <exception cref="IOException">The directory could not be opened or flushed.</exception>
    public static void FlushFileSystem(string directory) => Flush(directory, Syncfs);

    private static void Flush(string directory, Func<int, int> flush)
    {
        int descriptor = Open(directory, ReadOnlyDirectory);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open the directory to flush it (error {Marshal.GetLastPInvokeError()}).");
        }

        int result = flush(descriptor);
        int error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"Cannot flush the directory (error {error}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int Syncfs(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}

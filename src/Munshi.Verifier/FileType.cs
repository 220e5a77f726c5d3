using System.Runtime.InteropServices;
using System.Text;

namespace Munshi.Verifier;

/// <summary>What stands under a name, asked without opening it: a pipe or a device would be waited for. Linux.</summary>
internal static unsafe partial class FileType
{
    public const string Regular = "a regular file";
    public const string Directory = "a folder";
    public const string None = "none";

    private const int OfWorkingDirectory = -100; // AT_FDCWD
    private const int LinkItself = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint Type = 1; // STATX_TYPE
    private const int NoSuchFile = 2; // ENOENT
    private const int NoDirectory = 20; // ENOTDIR

    /// <summary>In words.</summary>
    /// <param name="path">Any.</param>
    /// <param name="followsLink">Whether what a link leads to is meant, not the link.</param>
    public static string Of(string path, bool followsLink = false)
    {
        Status status;
        if (path.Contains('\0') || Ask(OfWorkingDirectory, Encoding.UTF8.GetBytes(path + '\0'), followsLink ? 0 : LinkItself, Type, &status) != 0)
        {
            return Marshal.GetLastPInvokeError() is NoSuchFile or NoDirectory ? None : "one that cannot be looked at";
        }

        return (status.Mode & 0xF000) switch
        {
            0x8000 => Regular,
            0x4000 => Directory,
            0xA000 => "a link",
            0x1000 => "a pipe",
            0xC000 => "a socket",
            _ => "a device",
        };
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Ask(int directory, ReadOnlySpan<byte> path, int flags, uint mask, Status* status);

    /// <summary><c>struct statx</c>: 256 bytes on every machine.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(28)]
        public ushort Mode;
    }
}

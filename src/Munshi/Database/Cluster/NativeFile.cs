using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Munshi.Database.Cluster;

/// <summary>Ownership and identity of files, which .NET does not expose. 64-bit Linux with glibc 2.28 or musl 1.2.3, or newer.</summary>
internal static class NativeFile
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int DoNotFollow = 0x100; // AT_SYMLINK_NOFOLLOW
    private const uint BasicFields = 0x7ff; // STATX_BASIC_STATS
    private const int StatusLength = 256; // sizeof(struct statx)
    private const int CloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC, the same on x86-64 and arm64
    private const int FollowLink = 0x400; // AT_SYMLINK_FOLLOW
    private const int ReadWrite = 2; // O_RDWR
    private const int Unnamed = 0x400000; // __O_TMPFILE, the same on x86-64 and arm64
    private const ushort TypeMask = 0xf000; // S_IFMT
    private const ushort DirectoryType = 0x4000; // S_IFDIR
    private const ushort RegularType = 0x8000; // S_IFREG
    private const ushort LinkType = 0xa000; // S_IFLNK

    public static uint EffectiveUser => geteuid();

    /// <summary>The file's status, or <see langword="null"/> when there is none or it cannot be reached.</summary>
    public static FileStatus? Status(string path, bool follow)
    {
        byte[] buffer = new byte[StatusLength];
        if (statx(CurrentDirectory, path, follow ? 0 : DoNotFollow, BasicFields, buffer) != 0)
        {
            return null;
        }

        ushort mode = BitConverter.ToUInt16(buffer, 0x1c);
        return new FileStatus(
            IsDirectory: (mode & TypeMask) == DirectoryType,
            IsRegular: (mode & TypeMask) == RegularType,
            IsLink: (mode & TypeMask) == LinkType,
            Mode: (UnixFileMode)(mode & 0xfff),
            UserId: BitConverter.ToUInt32(buffer, 0x14),
            Inode: BitConverter.ToUInt64(buffer, 0x20),
            Device: BinaryPrimitives.ReadUInt64LittleEndian(buffer.AsSpan(0x88)));
    }

    /// <summary>Changes the owner of the file itself, never of what a link leads to.</summary>
    public static void ChangeOwner(string path, uint userId, uint groupId)
    {
        if (lchown(path, userId, groupId) != 0)
        {
            throw Failure(path);
        }
    }

    public static void ChangeOwner(SafeFileHandle file, uint userId, uint groupId)
    {
        if (fchown(file, userId, groupId) != 0)
        {
            throw Failure("the file");
        }
    }

    /// <summary>Makes names created, renamed or removed in the directory durable.</summary>
    public static void FlushDirectory(string path)
    {
        int descriptor = open(path, CloseOnExec);
        if (descriptor < 0)
        {
            throw Failure(path);
        }

        using SafeFileHandle handle = new(descriptor, ownsHandle: true);
        if (fsync(handle) != 0)
        {
            throw Failure(path);
        }
    }

#pragma warning disable CA1416 // Munshi runs on Linux only
    public static void SetMode(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);

    /// <summary>Makes the directory, and its parents, with exactly this mode or less: the process's umask takes bits away.</summary>
    public static void MakeDirectory(string path, UnixFileMode mode) => Directory.CreateDirectory(path, mode);

    /// <summary>Creates a file for writing; fails if the name is there, a link included.</summary>
    public static FileStream CreateExclusively(string path, UnixFileMode mode) => new(
        path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode });
#pragma warning restore CA1416

    /// <summary>A new file without a name, mode 0600, gone when it is closed; <see langword="null"/> where the file system has none such.</summary>
    public static SafeFileHandle? CreateUnnamed(string directory)
    {
        int onlyDirectory = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 0x4000 : 0x10000; // O_DIRECTORY
        int descriptor = open(directory, Unnamed | onlyDirectory | ReadWrite | CloseOnExec, Convert.ToUInt32("600", 8));
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <summary>Gives a file without a name one, on the same file system.</summary>
    public static void GiveName(SafeFileHandle unnamed, string path)
    {
        if (linkat(CurrentDirectory, $"/proc/self/fd/{unnamed.DangerousGetHandle()}", CurrentDirectory, path, FollowLink) != 0)
        {
            throw Failure(path);
        }
    }

    private static IOException Failure(string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {new Win32Exception(error).Message}", error);
    }

#pragma warning disable SYSLIB1054 // LibraryImport needs unsafe blocks, which this project does without
    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int statx(
        int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int lchown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint userId, uint groupId);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int fchown(SafeFileHandle file, uint userId, uint groupId);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mode);

    [DllImport("libc", SetLastError = true, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int linkat(
        int fromDirectory, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, int toDirectory, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, int flags);
#pragma warning restore SYSLIB1054
}

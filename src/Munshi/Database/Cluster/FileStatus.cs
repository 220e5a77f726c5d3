namespace Munshi.Database.Cluster;

/// <param name="IsDirectory">Of the file itself or of what it links to, as was asked.</param>
/// <param name="IsRegular">The same; false for directories, links, pipes, sockets and devices.</param>
/// <param name="IsLink">Only when the link was not followed.</param>
/// <param name="Mode">Permission bits only.</param>
/// <param name="UserId">The owner.</param>
/// <param name="Inode">With <paramref name="Device"/> the file's identity, whatever path leads to it.</param>
/// <param name="Device">Opaque; equal for files of one file system.</param>
internal readonly record struct FileStatus(
    bool IsDirectory, bool IsRegular, bool IsLink, UnixFileMode Mode, uint UserId, ulong Inode, ulong Device)
{
    public bool IsSameFile(FileStatus other) => Inode == other.Inode && Device == other.Device;
}

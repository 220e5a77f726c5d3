using System.Text;

namespace Munshi.Database.Cluster;

/// <summary>Writes files and directories that belong to the server's user.</summary>
internal sealed class ServerFile(ServerAccount account)
{
    private const UnixFileMode OwnerReadWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnly = OwnerReadWrite | UnixFileMode.UserExecute;

    /// <summary>Replaces the file as a whole, durably, 0600.</summary>
    /// <remarks>
    /// The directory is the server user's own while we may be root: the new file is created exclusively, handed over by its descriptor
    /// and renamed into place, so that no link planted there is ever followed.
    /// </remarks>
    public void Replace(string path, string text)
    {
        string fresh = path + ".new";
        File.Delete(fresh);
        using (FileStream file = NativeFile.CreateExclusively(fresh, OwnerReadWrite))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            if (account.IsSwitched)
            {
                NativeFile.ChangeOwner(file.SafeFileHandle, account.UserId, account.GroupId);
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>Makes the directory, 0700, unless it is there. Its parent must not be writable by the server's user.</summary>
    public void MakeDirectory(string path)
    {
        if (!Path.Exists(path))
        {
            NativeFile.MakeDirectory(path, OwnerOnly);
            if (account.IsSwitched)
            {
                NativeFile.ChangeOwner(path, account.UserId, account.GroupId);
            }
        }
    }
}

namespace Munshi.Database;

/// <summary>Files only the service may read (mode 0600), replaced as a whole and durable once written.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes beside the target, flushes to disk, then renames over it.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string part = path + ".part";
        FileStreamOptions options = new()
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = OwnerOnly,
        };
        using (FileStream stream = new(part, options))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
        DirectorySync.Flush(Path.GetDirectoryName(path)!);
    }
}

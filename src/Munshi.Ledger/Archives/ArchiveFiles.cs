namespace Munshi.Ledger.Archives;

/// <summary>The files of an archive and the lines of its manifest, which <c>sha256sum -c MANIFEST</c> reads.</summary>
public static class ArchiveFiles
{
    public const string Manifest = "MANIFEST";
    public const string Note = "MANIFEST.note";

    /// <summary>Every file below the root but the manifest and its note, by the ordinal order of their paths; links are not followed. Memory: the names in one folder of each level.</summary>
    /// <param name="root">The archive.</param>
    /// <returns>Paths below the root, with <c>/</c>.</returns>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder cannot be read.</exception>
    public static IEnumerable<string> Sorted(string root) => Below(new DirectoryInfo(root), "").Where(path => path is not (Manifest or Note));

    /// <summary>A line of the manifest, with its line feed.</summary>
    /// <param name="hash">The file's SHA-256.</param>
    /// <param name="path">As <see cref="Sorted"/> gives it.</param>
    public static string Line(Digest hash, string path) => $"{hash}  {path}\n";

    /// <summary>A line's hash and path; null where it is not of the form.</summary>
    /// <param name="line">Without its line feed.</param>
    public static (Digest Hash, string Path)? Parse(string line) =>
        line.Length > 66 && line.AsSpan(64, 2) is "  " && Digest.TryParse(System.Text.Encoding.UTF8.GetBytes(line[..64]), out Digest hash)
        && line[66..] is var path && !path.Split('/').Any(part => part is "" or "." or "..") && !path.Any(character => character is '\\' || char.IsControl(character))
            ? (hash, path)
            : null;

    private static IEnumerable<string> Below(DirectoryInfo folder, string prefix)
    {
        (string Name, DirectoryInfo? Folder)[] entries =
        [
            .. folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
                .Select(entry => entry is DirectoryInfo { LinkTarget: null } below ? (below.Name + "/", below) : (entry.Name, (DirectoryInfo?)null)),
        ];
        Array.Sort(entries, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        foreach ((string name, DirectoryInfo? below) in entries)
        {
            if (below is null)
            {
                yield return prefix + name;
                continue;
            }

            foreach (string path in Below(below, prefix + name))
            {
                yield return path;
            }
        }
    }
}

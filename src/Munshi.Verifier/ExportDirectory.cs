using System.Globalization;
using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;
using Munshi.Ledger.Tiles;

namespace Munshi.Verifier;

/// <summary>The files of an export; what is missing or of the wrong length is a finding. Safe for concurrent use.</summary>
/// <param name="root">The export.</param>
/// <param name="findings">Gets what is found.</param>
/// <param name="label">Stands before the files' names in findings.</param>
internal sealed class ExportDirectory(string root, Findings findings, string label)
{
    public const string Checkpoint = "checkpoint";
    public const string Policy = "policy";
    public const string Records = "records.jsonl";
    public const string Shredded = "shredded.jsonl";
    public const string InstanceCheckpoint = "instance/checkpoint";
    public const string InstanceTick = "instance/tick";
    public const string InstanceProof = "instance/tick.tlog-proof";
    public const string InstanceOpening = "instance/opening";

    /// <summary>No file of the export but tiles and the two lists is longer.</summary>
    private const long LongestSmallFile = 4_000_000;

    private static readonly string[] Always =
        [Checkpoint, Policy, Records, Shredded, InstanceCheckpoint, InstanceTick, InstanceProof, InstanceOpening];

    /// <summary>What the export brings for people and is not part of what it proves.</summary>
    private static readonly string[] NotChecked = ["README.txt", "verify.py", "munshi-verify", "instance/stamped", "instance/stamped.tst"];

    public string PathOf(string file) => Path.Combine(root, file);

    /// <summary>A whole small file; null, and a finding, where it cannot be had.</summary>
    public byte[]? Read(string file)
    {
        try
        {
            string path = PathOf(file);
            if (new FileInfo(path) is { Exists: true, Length: > LongestSmallFile })
            {
                findings.Add(label + file, null, FindingKind.Form, $"at most {LongestSmallFile} bytes", "a longer file");
                return null;
            }

            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(label + file, null, FindingKind.FileMissing, "a file that can be read", failure is FileNotFoundException or DirectoryNotFoundException ? "none" : "one that cannot");
            return null;
        }
    }

    /// <summary>As <see cref="Read(string)"/>, into memory that is used again and grows where it must.</summary>
    public bool TryRead(string file, ref byte[] buffer, out int length)
    {
        length = 0;
        try
        {
            using SafeFileHandle handle = File.OpenHandle(PathOf(file));
            for (int read = -1; read != 0; length += read)
            {
                if (length == buffer.Length)
                {
                    if (length > LongestSmallFile)
                    {
                        findings.Add(label + file, null, FindingKind.Form, $"at most {LongestSmallFile} bytes", "a longer file");
                        return false;
                    }

                    Array.Resize(ref buffer, 2 * buffer.Length);
                }

                read = RandomAccess.Read(handle, buffer.AsSpan(length), length);
            }

            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            findings.Add(label + file, null, FindingKind.FileMissing, "a file that can be read", failure is FileNotFoundException or DirectoryNotFoundException ? "none" : "one that cannot");
            return false;
        }
    }

    /// <summary>The hashes of a tile; null, and a finding, where they cannot be had.</summary>
    public byte[]? Read(TilePath tile, long seq)
    {
        if (Read(tile.ToString()) is not { } bytes)
        {
            return null;
        }

        if (bytes.Length != tile.Width * Ledger.Digest.Length)
        {
            findings.Add(
                label + tile, seq, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"{tile.Width * Ledger.Digest.Length} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes"));
            return null;
        }

        return bytes;
    }

    /// <summary>Names what does not belong to an export of this size. What is missing is named by who needs it.</summary>
    public void CheckExtra(long size)
    {
        IReadOnlyList<TileSet> levels = TileSet.Of((ulong)size);
        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        FileSystemEnumerable<(string Path, bool IsDirectory, bool IsLink)> found = new(
            root, static (ref entry) => (entry.ToFullPath(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0), all);
        foreach ((string path, bool isDirectory, bool isLink) in found)
        {
            string file = Path.GetRelativePath(root, path);
            if (isLink)
            {
                findings.Add(label + file, null, FindingKind.FileExtra, "files and directories", "a link");
            }
            else if (!isDirectory && !Belongs(file, levels))
            {
                findings.Add(label + file, null, FindingKind.FileExtra, "no such file", "one");
            }
        }
    }

    private static bool Belongs(string file, IReadOnlyList<TileSet> levels)
    {
        if (TilePath.Parse(file) is not { } tile)
        {
            return Always.Contains(file) || NotChecked.Contains(file);
        }

        if ((tile.Level ?? 0) >= levels.Count)
        {
            return false;
        }

        TileSet level = levels[tile.Level ?? 0];
        return tile.IsPartial ? tile.Index == level.Full && tile.Width == level.PartialWidth : tile.Index < level.Full;
    }
}

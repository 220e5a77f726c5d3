using System.Globalization;
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
    private static readonly string[] NotChecked = ["README.txt", "verify.py", "munshi-verify"];

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
        HashSet<string> known = [.. Always, .. NotChecked];
        foreach (TileSet level in TileSet.Of((ulong)size))
        {
            foreach (TilePath tile in level.Paths())
            {
                known.Add(tile.ToString());
                if (level.Level == 0)
                {
                    known.Add(TilePath.OfEntries(tile.Index, tile.Width).ToString());
                }
            }
        }

        EnumerationOptions all = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };
        foreach (FileSystemInfo found in new DirectoryInfo(root).EnumerateFileSystemInfos("*", all))
        {
            string file = Path.GetRelativePath(root, found.FullName);
            if (found.LinkTarget is not null)
            {
                findings.Add(label + file, null, FindingKind.FileExtra, "files and directories", "a link");
            }
            else if (found is FileInfo && !known.Contains(file))
            {
                findings.Add(label + file, null, FindingKind.FileExtra, "no such file", "one");
            }
        }
    }
}

using System.Globalization;
using System.IO.Enumeration;
using Microsoft.Win32.SafeHandles;
using Munshi.Ledger;
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
    public const string Restores = "restores.jsonl";
    public const string Erasures = "erasures.jsonl";
    public const string InstanceCheckpoint = "instance/checkpoint";
    public const string InstanceTick = "instance/tick";
    public const string InstanceProof = "instance/tick.tlog-proof";
    public const string InstanceOpening = "instance/opening";
    public const string Stamped = "instance/stamped";
    public const string Stamp = "instance/stamped.tst";

    /// <summary>No file of the export but the records and the lists is longer.</summary>
    private const int LongestSmallFile = 4_000_000;

    /// <summary>A list has a line for some entries, none of which needs more bytes.</summary>
    private const int LongestListLine = 100;

    /// <summary>What an erasure brings for its own entry and those it names.</summary>
    private const int LongestErasure = 1000;

    /// <summary>Nor is a list longer, whatever the size.</summary>
    private const int LongestList = 1 << 30;

    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private static readonly string[] Always =
        [Checkpoint, Policy, Records, Shredded, Restores, Erasures, InstanceCheckpoint, InstanceTick, InstanceProof, InstanceOpening];

    /// <summary>What may be there, beside what the export brings for people and is not part of what it proves.</summary>
    private static readonly string[] Optional = [Stamped, Stamp, "README.txt", "verify.py", "munshi-verify"];

    private long _hashTiles;

    public string PathOf(string file) => Path.Combine(root, file);

    public bool Has(string file) => File.Exists(PathOf(file));

    /// <summary>Whether nothing but regular files and folders is in it, so that each can be opened. To be called first: without it, nothing is to be read.</summary>
    public bool IsOfFiles()
    {
        bool isOf = true;
        foreach ((string file, string path, _) in Entries())
        {
            string type = FileType.Of(path);
            if (type is not (FileType.Regular or FileType.Directory))
            {
                findings.Add(label + file, null, FindingKind.FileExtra, "regular files and folders", type == FileType.None ? "a name that is not UTF-8" : type);
                isOf = false;
            }
            else if (type == FileType.Regular && TilePath.Parse(file) is { Level: 0 })
            {
                _hashTiles++;
            }
        }

        return isOf;
    }

    /// <summary>Whether there are half as many tiles as this size asks for: a size of 2^60 is not gone through tile by tile to say that none is there.</summary>
    public bool CanHave(long size)
    {
        ulong tiles = TileSet.Of((ulong)size) is [var leaves, ..] ? leaves.Full + (leaves.PartialWidth > 0 ? 1UL : 0) : 1;
        if (size > 0 && _hashTiles > 0 && tiles / 2 <= (ulong)_hashTiles)
        {
            return true;
        }

        findings.Add(
            label + "tile/0", null, FindingKind.FileMissing, string.Create(CultureInfo.InvariantCulture, $"{tiles} tiles, for the checkpoint's {size} entries"),
            string.Create(CultureInfo.InvariantCulture, $"{_hashTiles}"));
        return false;
    }

    /// <summary>A whole small file; null, and a finding, where it cannot be had.</summary>
    public byte[]? Read(string file)
    {
        byte[] buffer = new byte[4096];
        return TryRead(file, ref buffer, out int length) ? buffer[..length] : null;
    }

    /// <summary>A whole list, of any length that one of an export of this size can have; null, and a finding, where it cannot be had.</summary>
    public byte[]? ReadList(string file, long size) => ReadList(file, size, LongestListLine);

    /// <summary>As <see cref="ReadList(string, long)"/>, the list of erasures.</summary>
    public byte[]? ReadErasures(long size) => ReadList(Erasures, size, LongestErasure);

    private byte[]? ReadList(string file, long size, int bytesAnEntry)
    {
        byte[] buffer = new byte[4096];
        int longest = size > LongestList / bytesAnEntry ? LongestList : Math.Max(LongestSmallFile, (int)size * bytesAnEntry);
        return TryRead(file, longest, ref buffer, out int length) ? buffer[..length] : null;
    }

    /// <summary>As <see cref="Read(string)"/>, into memory that is used again and grows where it must.</summary>
    public bool TryRead(string file, ref byte[] buffer, out int length) => TryRead(file, LongestSmallFile, ref buffer, out length);

    private bool TryRead(string file, int longest, ref byte[] buffer, out int length)
    {
        length = 0;
        try
        {
            using SafeFileHandle handle = File.OpenHandle(PathOf(file), share: FileShare.ReadWrite); // locks nothing
            for (int read = -1; read != 0; length += read)
            {
                if (length > longest)
                {
                    findings.Add(label + file, null, FindingKind.Form, $"at most {longest} bytes", "a longer file");
                    return false;
                }

                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, longest + 1L));
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

        if (bytes.Length != tile.Width * Digest.Length)
        {
            findings.Add(
                label + tile, seq, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"{tile.Width * Digest.Length} bytes"),
                string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes"));
            return null;
        }

        return bytes;
    }

    /// <summary>Names what does not belong to an export of this size. What is missing is named by who needs it.</summary>
    public void CheckExtra(long size)
    {
        IReadOnlyList<TileSet> levels = TileSet.Of((ulong)size);
        foreach ((string file, _, bool isDirectory) in Entries())
        {
            if (!isDirectory && !Belongs(file, levels))
            {
                findings.Add(label + file, null, FindingKind.FileExtra, "no such file", "one");
            }
        }
    }

    /// <summary>Everything below the root; links are not followed. A folder that cannot be read is a finding.</summary>
    private IEnumerable<(string File, string Path, bool IsDirectory)> Entries()
    {
        FileSystemEnumerable<(string Path, bool IsDirectory)> found = new(root, static (ref entry) => (entry.ToFullPath(), entry.IsDirectory), All)
        {
            ShouldRecursePredicate = static (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
        using IEnumerator<(string Path, bool IsDirectory)> entries = found.GetEnumerator();
        while (true)
        {
            try
            {
                if (!entries.MoveNext())
                {
                    yield break;
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                findings.Add(label + ".", null, FindingKind.FileMissing, "folders that can be read", "one that cannot");
                yield break;
            }

            yield return (Path.GetRelativePath(root, entries.Current.Path), entries.Current.Path, entries.Current.IsDirectory);
        }
    }

    private static bool Belongs(string file, IReadOnlyList<TileSet> levels)
    {
        if (TilePath.Parse(file) is not { } tile)
        {
            return Always.Contains(file) || Optional.Contains(file);
        }

        if ((tile.Level ?? 0) >= levels.Count)
        {
            return false;
        }

        TileSet level = levels[tile.Level ?? 0];
        return tile.IsPartial ? tile.Index == level.Full && tile.Width == level.PartialWidth : tile.Index < level.Full;
    }
}

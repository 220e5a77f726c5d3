using System.Globalization;
using System.Security.Cryptography;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Database.Cluster;
using Munshi.Ledger;
using Munshi.Ledger.Archives;
using Munshi.Ledger.Notes;

namespace Munshi.Archives.Importing;

/// <summary>Holds a directory to the signature over it: nothing of it is believed before every file is the one that was signed. Memory: the names in one folder of each level.</summary>
/// <remarks>Whether messages are what the ledger's leaves say is <c>munshi-verify</c>'s to check.</remarks>
internal sealed class ArchiveCheck(string directory, string? policy, ExportProgress progress)
{
    private const string OwnPolicy = "ledger/policy";
    private const string Data = "data/";
    private const string Media = "media/";
    private const int MostEntries = 20_000_000;
    private const int MostLevels = 12;
    private const int LongestManifestLine = 1024;

    private const long Million = 1_000_000;

    private readonly byte[] _buffer = new byte[Million];
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));

    /// <param name="accept">Told whose archive it says it is, before its files are read.</param>
    /// <param name="cancellationToken">Honoured throughout.</param>
    /// <exception cref="RefusalException">Something in it is not as it was signed.</exception>
    public async Task<CheckedArchive> RunAsync(Func<ArchiveSeal, Task> accept, CancellationToken cancellationToken)
    {
        switch (NativeFile.Status(_root, follow: false))
        {
            case null:
                throw new RefusalException($"There is no directory {directory}.");
            case { IsDirectory: false }:
                throw new RefusalException($"{directory} is no directory: name the archive's own directory, not a link to it.");
            default:
                break;
        }

        long entries = 0;
        RequireFiles(new DirectoryInfo(_root), "", 0, ref entries, cancellationToken);
        (ArchiveSeal seal, VerifierKey signer) = OpenNote();
        await accept(seal);
        Dictionary<string, Digest> data = [];
        await CompareAsync(seal, data, cancellationToken);
        string[] expected = [.. DataFiles.All.Select(file => file.Path)];
        return expected.FirstOrDefault(path => !data.ContainsKey(path)) is { } missing
            ? throw new RefusalException($"{missing} is missing: an archive has every file that docs/data-format.md names.")
            : data.Keys.Except(expected).FirstOrDefault() is { } unknown
                ? throw new RefusalException($"{unknown} is none of the files that this version reads: read the archive in with the version that wrote it, or a newer one.")
                : new CheckedArchive(_root, seal, signer, data);
    }

    /// <summary>Before anything is opened: a pipe would be waited for, a link leads elsewhere.</summary>
    private static void RequireFiles(DirectoryInfo folder, string prefix, int level, ref long entries, CancellationToken cancellationToken)
    {
        if (level > MostLevels)
        {
            throw new RefusalException($"{Shown(prefix)} lies deeper than anything in an archive.");
        }

        try
        {
            foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }))
            {
                cancellationToken.ThrowIfCancellationRequested();
                string name = prefix + entry.Name;
                if (++entries > MostEntries)
                {
                    throw new RefusalException($"There are more than {MostEntries} files and folders in it, which is more than an archive has.");
                }

                if (NativeFile.Status(entry.FullName, follow: false) is not { } status || !(status.IsDirectory || status.IsRegular))
                {
                    throw new RefusalException($"{Shown(name)} is neither a file nor a folder: an archive holds nothing else, and no links.");
                }

                if (status.IsDirectory)
                {
                    RequireFiles(new DirectoryInfo(entry.FullName), name + "/", level + 1, ref entries, cancellationToken);
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"The folder {(prefix.Length == 0 ? "itself" : Shown(prefix))} cannot be read.");
        }
    }

    private (ArchiveSeal Seal, VerifierKey Signer) OpenNote()
    {
        if (SignedNote.Parse(Read(PathOf(ArchiveFiles.Note), ArchiveFiles.Note, SignedNote.MaxLength)) is not SignedNoteParse.Parsed { Note: { Signatures.Count: 1 } note }
            || ArchiveSeal.Parse(note.Text.Span) is not { } seal)
        {
            throw new RefusalException($"{ArchiveFiles.Note} is not of the form that docs/data-format.md gives: munshi-archive/1 under one signature.");
        }

        if (policy is not null && !File.Exists(policy))
        {
            throw new RefusalException($"There is no file {policy}: --policy names a trust policy (C2SP tlog-policy).");
        }

        string told = policy ?? OwnPolicy;
        byte[] bytes = Read(policy ?? PathOf(OwnPolicy), told, TrustPolicy.MaxLength);
        if (TrustPolicy.Parse(bytes) is not TrustPolicyParse.Parsed { Policy: { } trusted })
        {
            throw new RefusalException($"{told} is no trust policy: a line 'log' with the key of the log, and 'quorum none', is one.");
        }

        string name = note.Signatures[0].Name;
        string ending = LedgerIdentity.OriginOf("", seal.Log);
        VerifierKey? key = name.EndsWith(ending, StringComparison.Ordinal)
            && (trusted.Logs.FirstOrDefault(log => log.Key.Name == name) ?? trusted.Logs.FirstOrDefault(log => log.Key.Name == name[..^ending.Length])) is { } own
                ? new VerifierKey(name, NoteKeyType.Ed25519, own.Key.PublicKey.Span)
                : null;
        return key is not null && note.Verify([key]) is NoteVerification.Verified
            ? (seal, key)
            : throw new RefusalException($"{ArchiveFiles.Note} is not signed by a log of {told}, under the name of the workspace that it is of: only such a signature is accepted.");
    }

    /// <summary>Both go up by their paths, so that a file without a line, and a line without a file, is seen as they go by.</summary>
    private async Task CompareAsync(ArchiveSeal seal, Dictionary<string, Digest> data, CancellationToken cancellationToken)
    {
        LineFile manifest = new(PathOf(ArchiveFiles.Manifest), ArchiveFiles.Manifest, LongestManifestLine, expected: null);
        using IEnumerator<string> present = ArchiveFiles.Sorted(_root).GetEnumerator();
        bool isThere = present.MoveNext();
        long count = 0;
        string last = "";
        foreach ((long number, ReadOnlyMemory<byte> line) in manifest.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (ArchiveFiles.Parse(System.Text.Encoding.UTF8.GetString(line.Span)) is not (var expected, var path) || string.CompareOrdinal(path, last) <= 0)
            {
                throw new RefusalException(string.Create(
                    CultureInfo.InvariantCulture, $"{ArchiveFiles.Manifest}, line {number}, is not of its form: a SHA-256, two spaces, and a path inside the archive behind those before it."));
            }

            last = path;
            if (!isThere || string.CompareOrdinal(path, present.Current) < 0)
            {
                throw new RefusalException($"{Shown(path)} is missing: an archive holds every file that {ArchiveFiles.Manifest} names.");
            }

            RequireNamed(isThere && present.Current != path, present.Current);
            await RequireSameAsync(path, expected, cancellationToken);
            if (path.StartsWith(Data, StringComparison.Ordinal))
            {
                data.Add(path, expected);
            }

            count = number;
            isThere = present.MoveNext();
            progress.Tell($"checked {count} of {seal.Files} files ...");
        }

        RequireNamed(isThere, isThere ? present.Current : "");
        if (manifest.Hash != seal.Hash || count != seal.Files)
        {
            throw new RefusalException($"{ArchiveFiles.Manifest} is not the one that {ArchiveFiles.Note} signs.");
        }
    }

    private static void RequireNamed(bool isExtra, string path)
    {
        if (isExtra)
        {
            throw new RefusalException($"{Shown(path)} is not named by {ArchiveFiles.Manifest}: an archive holds no other file.");
        }
    }

    private async Task RequireSameAsync(string path, Digest expected, CancellationToken cancellationToken)
    {
        Digest found;
        try
        {
            await using FileStream file = new(PathOf(path), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long done = 0;
            for (int read = await file.ReadAsync(_buffer, cancellationToken); read > 0; read = await file.ReadAsync(_buffer, cancellationToken))
            {
                hash.AppendData(_buffer, 0, read);
                done += read;
                progress.Tell($"checking {Shown(path)}: {done / Million} of {file.Length / Million} MB ...");
            }

            found = new Digest(hash.GetHashAndReset());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"{Shown(path)} cannot be read.");
        }

        if (found != expected)
        {
            throw new RefusalException($"{Shown(path)} is not the file that was signed: its SHA-256 differs from the one in {ArchiveFiles.Manifest}.");
        }

        if (path.StartsWith(Media, StringComparison.Ordinal) && path[Media.Length..] != $"{expected}")
        {
            throw new RefusalException($"{Shown(path)} does not lie under its own SHA-256, as every file of {Media} does.");
        }
    }

    private static byte[] Read(string path, string name, int longest)
    {
        if (NativeFile.Status(path, follow: true) is not { IsRegular: true })
        {
            throw new RefusalException($"{name} is missing: an archive that was written to its end has it.");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] bytes = new byte[(int)Math.Min(file.Length, longest + 1L)];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return length > longest ? throw new RefusalException($"{name} is longer than {longest} bytes, which is more than one has.") : bytes[..length];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"{name} cannot be read.");
        }
    }

    private string PathOf(string file) => Path.Combine(_root, file);

    private static string Shown(string path) => Munshi.Import.TerminalText.Line(path);
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Archives;
using Munshi.Ledger.Notes;

namespace Munshi.Verifier;

/// <summary>One run over a workspace's archive: the signature over the manifest, every file against it and none besides, the ledger, and the messages against their records.</summary>
/// <remarks>Memory: that of the ledger's check, the names in one folder, and 100 bytes for each of some millions of messages at a time.</remarks>
internal sealed class ArchiveVerification(VerifyOptions options, TimeProvider clock)
{
    private const string Ledger = "ledger";
    private const string Media = "media/";

    private readonly Findings _findings = new();

    /// <summary>Whether a directory is an archive, also one that was broken off just before its end.</summary>
    public static bool Is(string directory) =>
        File.Exists(Path.Combine(directory, ArchiveFiles.Note)) || File.Exists(Path.Combine(directory, ArchiveFiles.Manifest));

    public Report Run()
    {
        long start = clock.GetTimestamp();
        ExportDirectory archive = new(options.Directory, _findings, "");
        if (!archive.IsOfFiles())
        {
            return Nothing() with { Findings = _findings.InOrder(), FindingCount = _findings.Count };
        }

        ArchiveSeal? seal = Open(archive);
        if (seal is not null)
        {
            CompareFiles(archive, seal);
        }

        string directory = archive.PathOf(Ledger);
        bool isAsWritten = _findings.Count == 0;
        bool hasLedger = Directory.Exists(directory);
        Report ledger = hasLedger ? new Verification(options with { Directory = directory }, clock).Run() : Nothing();
        if (hasLedger && seal is not null && ledger.Log != seal.Log)
        {
            _findings.Add(ArchiveFiles.Note, null, FindingKind.Log, $"{ledger.Log}", $"{seal.Log}");
        }

        ArchiveMessages messages = new(archive, _findings);
        if (isAsWritten && seal is not null)
        {
            messages.Run();
        }

        return ledger with
        {
            Archive = seal is null ? null : new ArchiveFacts(seal.At, seal.Files, messages.Count, messages.Proved, messages.Wordless),
            Findings = [.. _findings.InOrder(), .. ledger.Findings.Select(finding => finding with { File = Placed(finding.File) })],
            FindingCount = _findings.Count + ledger.FindingCount,
            Duration = clock.GetElapsedTime(start),
        };
    }

    /// <summary>What the note says, where it is one of an archive; whoever signed it is judged too.</summary>
    private ArchiveSeal? Open(ExportDirectory archive)
    {
        if (archive.Read(ArchiveFiles.Note) is not { } bytes)
        {
            return null; // it was broken off: said as a file that is missing
        }

        if (SignedNote.Parse(bytes) is not SignedNoteParse.Parsed { Note: { Signatures.Count: 1 } note } || ArchiveSeal.Parse(note.Text.Span) is not { } seal)
        {
            _findings.Add(ArchiveFiles.Note, null, FindingKind.Form, "munshi-archive/1 under one signature", "another content");
            return null;
        }

        string name = note.Signatures[0].Name;
        VerifierKey? key = KeyOf(archive, name, seal.Log);
        if (key is null || note.Verify([key]) is not NoteVerification.Verified)
        {
            _findings.Add(ArchiveFiles.Note, null, FindingKind.Signature, $"a signature by a log of the policy, of the workspace {seal.Log}", "none that holds");
        }

        return seal;
    }

    private VerifierKey? KeyOf(ExportDirectory archive, string name, Guid workspace)
    {
        byte[]? policy = options.Policy is { } given ? new ExportDirectory(given, _findings, "--policy").Read("") : archive.Read($"{Ledger}/{ExportDirectory.Policy}");
        if (policy is null || TrustPolicy.Parse(policy) is not TrustPolicyParse.Parsed { Policy: { } trusted } || SignedLog.Split(name) is not (var log, var instance) || log != workspace)
        {
            return null;
        }

        PolicyLog? named = trusted.Logs.FirstOrDefault(one => one.Key.Name == name) ?? trusted.Logs.FirstOrDefault(one => one.Key.Name == instance);
        return named is null ? null : new VerifierKey(name, NoteKeyType.Ed25519, named.Key.PublicKey.Span);
    }

    /// <summary>Both go up by their paths, so that a file without a line, and a line without a file, is seen as they go by.</summary>
    private void CompareFiles(ExportDirectory archive, ArchiveSeal seal)
    {
        if (!archive.Has(ArchiveFiles.Manifest))
        {
            _findings.Add(ArchiveFiles.Manifest, null, FindingKind.FileMissing, "a file that can be read", "none");
            return;
        }

        if (Hash(archive, ArchiveFiles.Manifest) is { } hash && hash != seal.Hash)
        {
            _findings.Add(ArchiveFiles.Manifest, null, FindingKind.Seal, $"{seal.Hash}", $"{hash}");
        }

        long number = 0;
        string last = "";
        using IEnumerator<string> present = ArchiveFiles.Sorted(options.Directory).GetEnumerator();
        bool isThere = present.MoveNext();
        foreach (string line in File.ReadLines(archive.PathOf(ArchiveFiles.Manifest), Encoding.UTF8))
        {
            number++;
            if (ArchiveFiles.Parse(line) is not (var expected, var path) || string.CompareOrdinal(path, last) <= 0)
            {
                _findings.Add(ArchiveFiles.Manifest, null, FindingKind.Form, string.Create(CultureInfo.InvariantCulture, $"line {number}: a hash and a path above the one before"), "another content");
                return;
            }

            last = path;
            for (; isThere && string.CompareOrdinal(present.Current, path) < 0; isThere = present.MoveNext())
            {
                _findings.Add(present.Current, null, FindingKind.FileExtra, "no such file", "one");
            }

            if (!isThere || present.Current != path)
            {
                _findings.Add(path, null, FindingKind.FileMissing, "a file that can be read", "none");
                continue;
            }

            if (Hash(archive, path) is { } found && found != expected)
            {
                _findings.Add(path, null, FindingKind.Seal, $"{expected}", $"{found}");
            }

            if (path.StartsWith(Media, StringComparison.Ordinal) && path[Media.Length..] != $"{expected}")
            {
                _findings.Add(path, null, FindingKind.Form, "a file under its own SHA-256", "one under another name");
            }

            isThere = present.MoveNext();
        }

        for (; isThere; isThere = present.MoveNext())
        {
            _findings.Add(present.Current, null, FindingKind.FileExtra, "no such file", "one");
        }

        if (number != seal.Files)
        {
            _findings.Add(ArchiveFiles.Manifest, null, FindingKind.Seal, string.Create(CultureInfo.InvariantCulture, $"{seal.Files} files"), string.Create(CultureInfo.InvariantCulture, $"{number}"));
        }
    }

    private Digest? Hash(ExportDirectory archive, string path)
    {
        try
        {
            using FileStream file = new(archive.PathOf(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.SequentialScan);
            return new Digest(SHA256.HashData(file));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _findings.Add(path, null, FindingKind.FileMissing, "a file that can be read", "one that cannot");
            return null;
        }
    }

    private static string Placed(string file) => file.StartsWith("--", StringComparison.Ordinal) ? file : $"{Ledger}/{file}";

    private Report Nothing() => new()
    {
        Log = null,
        Entries = 0,
        Records = 0,
        Lost = 0,
        Erased = 0,
        Withheld = 0,
        Erasures = [],
        Restores = [],
        Names = [],
        Key = null,
        KeyIsGiven = options.Policy is not null,
        Tick = null,
        Witnesses = [],
        Findings = [],
        FindingCount = 0,
        Duration = TimeSpan.Zero,
    };
}

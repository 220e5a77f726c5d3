using Munshi.Archives;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Export;

namespace Munshi.Tests.Archives;

/// <summary>What the verifier finds in an archive that was altered, by a stranger or by whoever has the key.</summary>
public sealed class AlteredArchiveTests(ArchivedWorkspace archived) : IClassFixture<ArchivedWorkspace>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("README.txt", "seal")]
    [InlineData("data/messages.jsonl", "seal")]
    [InlineData("data/labels.jsonl", "seal")]
    [InlineData("media/", "seal")]
    [InlineData("html/index.html", "seal")]
    [InlineData("html/conversations/", "seal")]
    [InlineData("ledger/checkpoint", "seal")]
    [InlineData("ledger/records.jsonl", "seal")]
    [InlineData("ledger/verify.py", "seal")]
    [InlineData("ledger/tile/entries/", "seal")]
    [InlineData("MANIFEST", "seal")]
    [InlineData("MANIFEST.note", "signature")]
    public async Task A_byte_changed_in_any_kind_of_file_is_found_and_the_file_is_named(string file, string kind)
    {
        string copy = archived.Copy();
        string path = file.EndsWith('/') ? Directory.GetFiles(Path.Combine(copy, file), "*", SearchOption.AllDirectories)[0] : Path.Combine(copy, file);
        byte[] bytes = await File.ReadAllBytesAsync(path, Cancellation);
        int changed = file == "MANIFEST.note" ? bytes.Length - 10 : bytes.Length / 2;
        bytes[changed] = (byte)(bytes[changed] == 'A' ? 'B' : 'A'); // still base64 where it was
        await File.WriteAllBytesAsync(path, bytes, Cancellation);

        Verdict verdict = OfflineVerifier.Program(copy);

        Assert.Equal((1, false), (verdict.ExitCode, verdict.IsOk));
        Assert.Contains((Path.GetRelativePath(copy, path), (long?)null, kind), verdict.Findings);
    }

    [Theory]
    [InlineData("media/0000000000000000000000000000000000000000000000000000000000000000", "file-extra")]
    [InlineData("data/zebra.jsonl", "file-extra")]
    [InlineData("AAA", "file-extra")]
    [InlineData("zzz", "file-extra")]
    [InlineData("ledger/tile/9/000", "file-extra")]
    public async Task A_further_file_is_found_wherever_it_lies(string file, string kind)
    {
        string copy = archived.Copy();
        string path = Path.Combine(copy, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "more", Cancellation);

        Assert.Contains((file, (long?)null, kind), OfflineVerifier.Program(copy).Findings);
    }

    [Theory]
    [InlineData("data/messages.jsonl")]
    [InlineData("README.txt")]
    [InlineData("html/index.html")]
    [InlineData("ledger/policy")]
    [InlineData("ledger/records.jsonl")]
    [InlineData("MANIFEST")]
    [InlineData("MANIFEST.note")]
    public void A_missing_file_is_found(string file)
    {
        string copy = archived.Copy();
        File.Delete(Path.Combine(copy, file));

        Verdict verdict = OfflineVerifier.Program(copy);

        Assert.Equal(1, verdict.ExitCode);
        Assert.Contains((file, (long?)null, "file-missing"), verdict.Findings);
    }

    [Fact]
    public void Without_its_ledger_or_with_a_link_in_it_nothing_passes()
    {
        string without = archived.Copy();
        Directory.Delete(Path.Combine(without, "ledger"), recursive: true);
        string linked = archived.Copy();
        File.Delete(Path.Combine(linked, "README.txt"));
        File.CreateSymbolicLink(Path.Combine(linked, "README.txt"), "/etc/hostname");

        Assert.Equal(1, OfflineVerifier.Program(without).ExitCode);
        Assert.Equal(("README.txt", (long?)null, "file-extra"), Assert.Single(OfflineVerifier.Program(linked).Findings));
    }

    /// <summary>As whoever has the key could: the manifest made and signed anew.</summary>
    [Theory]
    [InlineData(ArchivedWorkspace.Kept, "I never wrote this", "shown")]
    [InlineData("\"direction\":\"in\"", "\"direction\":\"out\"", "shown")]
    [InlineData("\"id\":\"", "\"id\":\"00", "form")]
    public async Task Messages_are_held_to_their_records_whatever_the_manifest_says(string before, string after, string kind)
    {
        string copy = archived.Copy();
        string path = Path.Combine(copy, "data/messages.jsonl");
        string[] lines = await File.ReadAllLinesAsync(path, Cancellation);
        int at = Array.FindIndex(lines, line => line.Contains(before, StringComparison.Ordinal) && !line.Contains("\"deleted\"", StringComparison.Ordinal) && !line.Contains("\"erased\"", StringComparison.Ordinal));
        lines[at] = lines[at].Replace(before, after, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, string.Join('\n', lines) + "\n", Cancellation);
        await archived.ResealAsync(copy);

        Verdict verdict = OfflineVerifier.Program(copy);

        Assert.Equal(1, verdict.ExitCode);
        Assert.Equal(("data/messages.jsonl", kind), verdict.Findings.Select(finding => (finding.File, finding.Kind)).Distinct().Single());
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("erased")]
    [InlineData("damaged")]
    public async Task Words_behind_a_mark_are_held_to_the_record_too(string mark)
    {
        string copy = archived.Copy();
        string path = Path.Combine(copy, "data/messages.jsonl");
        string[] lines = await File.ReadAllLinesAsync(path, Cancellation);
        int at = Array.FindIndex(lines, line => line.Contains(ArchivedWorkspace.Kept, StringComparison.Ordinal));
        lines[at] = lines[at].Replace(ArchivedWorkspace.Kept, "I never wrote this", StringComparison.Ordinal)[..^1] + $",\"{mark}\":true}}";
        await File.WriteAllTextAsync(path, string.Join('\n', lines) + "\n", Cancellation);
        await archived.ResealAsync(copy);

        Assert.Equal(("data/messages.jsonl", "shown"), OfflineVerifier.Program(copy).Findings.Select(finding => (finding.File, finding.Kind)).Single());
    }

    [Fact]
    public async Task A_customers_file_stands_under_its_own_hash()
    {
        string copy = archived.Copy();
        string file = Directory.GetFiles(Path.Combine(copy, "media"))[0];
        await File.AppendAllTextAsync(file, "more", Cancellation);
        await archived.ResealAsync(copy);

        Assert.Equal(($"media/{Path.GetFileName(file)}", "form"), OfflineVerifier.Program(copy).Findings.Select(finding => (finding.File, finding.Kind)).Single());
    }

    [Fact]
    public async Task A_message_taken_out_of_the_data_is_missed_by_its_record()
    {
        string copy = archived.Copy();
        string path = Path.Combine(copy, "data/messages.jsonl");
        string[] lines = await File.ReadAllLinesAsync(path, Cancellation);
        await File.WriteAllTextAsync(path, string.Join('\n', lines[1..]) + "\n", Cancellation);
        await archived.ResealAsync(copy);

        Assert.Equal(("data/messages.jsonl", "record-missing"), OfflineVerifier.Program(copy).Findings.Select(finding => (finding.File, finding.Kind)).Single());
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_kept_is_told_of_and_nothing_of_it_is_left()
    {
        string kept = Path.Combine(archived.Server.Get<DataDirectory>().Media, await archived.Server.Database.ScalarAsync<string>(
            "SELECT substr(h, 1, 2) || '/' || substr(h, 3, 2) || '/' || h FROM (SELECT encode(file_hash, 'hex') AS h FROM vault.media WHERE type = 'application/pdf') f"));
        byte[] bytes = await File.ReadAllBytesAsync(kept, Cancellation);
        byte[] altered = [.. bytes];
        altered[^1] ^= 1;
        await File.WriteAllBytesAsync(kept, altered, Cancellation);
        string directory = archived.NewDirectory();

        ArchiveOutcome.Written written = Assert.IsType<ArchiveOutcome.Written>(await archived.WriteAsync(directory));
        await File.WriteAllBytesAsync(kept, bytes, Cancellation);

        Assert.Equal((1, false), (written.LostFiles, written.IsWhole));
        Assert.Single(Directory.GetFiles(Path.Combine(directory, "media")));
        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(directory, "data/media.jsonl"), Cancellation), line => line.Contains("\"here\":false", StringComparison.Ordinal));
        Assert.Empty(OfflineVerifier.Program(directory).Findings);
    }

    [Fact]
    public async Task An_archive_that_cannot_be_made_leaves_nothing()
    {
        string directory = archived.NewDirectory();
        string key = Path.Combine(archived.Server.Get<DataDirectory>().Secrets, "ledger-signing.key");
        File.Move(key, key + ".away");

        ArchiveOutcome outcome = await archived.WriteAsync(directory);
        File.Move(key + ".away", key);
        RefusalException full = await Assert.ThrowsAsync<RefusalException>(() => archived.WriteAsync(archived.Whole));

        Assert.IsType<ArchiveOutcome.Unsigned>(outcome);
        Assert.False(Path.Exists(directory) || Path.Exists(directory + ".part"));
        Assert.Contains("exists and is not empty", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditors_own_key_decides()
    {
        string policy = archived.NewDirectory();
        string other = archived.NewDirectory();
        await File.WriteAllTextAsync(policy, archived.Text("ledger/policy"), Cancellation);
        await File.WriteAllTextAsync(other, $"log {new VerifierKey("else.example", NoteKeyType.Ed25519, Ed25519.PublicKey(new byte[Ed25519.SeedLength]))}\nquorum none\n", Cancellation);

        Verdict given = OfflineVerifier.Program(archived.Whole, "--policy", policy);
        Verdict wrong = OfflineVerifier.Program(archived.Whole, "--policy", other);

        Assert.Equal((0, "given"), (given.ExitCode, given.Total.GetProperty("trust").GetString()));
        Assert.Contains(("MANIFEST.note", (long?)null, "signature"), wrong.Findings);
    }
}

using Munshi.Audit.Export;
using Munshi.CommandLine;
using Munshi.Database;

namespace Munshi.Tests.Audit.Export;

public sealed class LedgerExportTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_verifiers_accept_what_was_exported_and_count_the_same()
    {
        long committed = await exported.Server.Get<Databases>().Reader.RowAsync(
            new Statement("SELECT count(*) FROM audit.event WHERE client_id = $1 AND (commitment IS NOT NULL OR ciphertext_hash IS NOT NULL)").Uuid(exported.Server.ClientId),
            row => row.GetInt64(0),
            Cancellation);

        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.Whole))
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal((0, true), (verdict.ExitCode, verdict.IsOk));
            Assert.Equal((exported.Written.Size, committed), (verdict.Total.GetProperty("entries").GetInt64(), verdict.Total.GetProperty("records").GetInt64()));
            Assert.Matches("^20..-..-..T", verdict.Total.GetProperty("tick").GetString());
        }

        Assert.InRange(exported.Written.Size, 610, 2000);
    }

    [Fact]
    public void Every_kind_of_record_is_in_it()
    {
        string records = File.ReadAllText(Path.Combine(exported.Whole, "records.jsonl"));

        Assert.All(["message", "status", "identifier", "import", "run", "hand-off"], kind => Assert.Contains($"\"object\":\"{kind}:", records, StringComparison.Ordinal));
    }

    [Fact]
    public void What_people_wrote_is_for_its_owner_only()
    {
        Assert.All(
            new DirectoryInfo(exported.Whole).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Append(new DirectoryInfo(exported.Whole)),
            entry => Assert.Equal(UnixFileMode.None, entry.UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)));
    }

    [Fact]
    public async Task Nothing_that_is_there_is_written_over()
    {
        string taken = exported.NewDirectory();
        Directory.CreateDirectory(taken);
        await File.WriteAllTextAsync(Path.Combine(taken, "mine"), "kept", Cancellation);

        await Assert.ThrowsAsync<RefusalException>(() => exported.WriteAsync(taken));

        Assert.Equal(["mine"], Directory.EnumerateFileSystemEntries(taken).Select(Path.GetFileName));
        Assert.False(Directory.Exists(taken + ".part"));
    }

    [Fact]
    public async Task A_log_that_nobody_signed_is_not_exported()
    {
        string directory = exported.NewDirectory();

        Assert.IsType<ExportOutcome.NothingSigned>(await exported.Server.Get<LedgerExport>().WriteAsync(Guid.NewGuid(), directory, TextWriter.Null, Cancellation));
        Assert.False(Path.Exists(directory));
    }

    [Fact]
    public async Task The_older_export_and_the_newer_tell_one_history()
    {
        foreach (Verdict verdict in (Verdict[])
            [
                .. await OfflineVerifier.BothAsync(exported.Whole, "--against", exported.Early),
                .. await OfflineVerifier.BothAsync(exported.Early, "--against", exported.Whole),
                .. await OfflineVerifier.BothAsync(exported.Whole, "--against", Path.Combine(exported.Early, "checkpoint")),
            ])
        {
            Assert.Empty(verdict.Findings);
        }
    }
}

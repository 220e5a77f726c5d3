using System.Security.Cryptography;
using System.Text;
using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Ledger;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Export;

/// <summary>What a restore ceremony left, exported: lost as recorded, and nothing beyond it.</summary>
public sealed class RestoredExportTests(PostgresTemplate postgres)
{
    private const string Restores = "restores.jsonl";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_ceremony_recorded_as_lost_is_told_by_both_verifiers_with_time_and_range_and_nothing_is_altered()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await RestoredAsync(signed);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "restored"));

        Assert.Equal((0, 3L, 18L, 22L), (written.Findings.Count, written.Lost, written.Records, written.Size)); // 20, the RESTORE leaf, and the act after it
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("restored")))
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal((0, true, 3L), (verdict.ExitCode, verdict.IsOk, verdict.Total.GetProperty("lost").GetInt64()));
            System.Text.Json.JsonElement restore = Assert.Single(verdict.Total.GetProperty("restores").EnumerateArray());
            Assert.Equal((20L, 17L, 19L), (restore.GetProperty("seq").GetInt64(), restore.GetProperty("first").GetInt64(), restore.GetProperty("last").GetInt64()));
            Assert.Matches(@"^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", restore.GetProperty("time").GetString());
        }

        string told = await OfflineVerifier.TextAsync(exported.PathOf("restored"));
        Assert.Matches(@"\nLost in the restore of 20.{24}Z \(entry 20\): the records of entries 17 to 19\n", told);
        Assert.Contains("22 entries, 18 records, 0 erased, 3 lost,", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"seq\":20,\"first\":17,\"last\":19}", "{\"seq\":20,\"first\":16,\"last\":19}", "restore", 20L)] // a range that the leaf does not commit to
    [InlineData("{\"seq\":20,\"first\":17,\"last\":19}", "{\"seq\":21,\"first\":17,\"last\":19}", "restore", 21L)] // a leaf that tells of no restore
    [InlineData("{\"seq\":20,\"first\":17,\"last\":19}", "{\"seq\":20,\"first\":17,\"last\":19,\"x\":1}", "form", null)]
    [InlineData("{\"seq\":20,\"first\":17,\"last\":19}\n", "", "record-missing", 20L)]
    [InlineData("\n", "\n{\"seq\":20,\"first\":17,\"last\":19}\n", "form", null)]
    [InlineData("{\"seq\":20", "{\"seq\":99", "record-extra", 99L)]
    public async Task A_range_that_no_leaf_of_the_log_tells_of_excuses_nothing(string from, string to, string kind, long? seq)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        await exported.WriteAsync(await RestoredAsync(signed), "restored");
        string file = Path.Combine(exported.PathOf("restored"), Restores);
        string altered = (await File.ReadAllTextAsync(file, Cancellation)).Replace(from, to, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, altered, Cancellation);

        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("restored")))
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Contains((kind == "record-missing" ? "records.jsonl" : Restores, seq, kind), verdict.Findings);
            Assert.Equal(!altered.StartsWith("{\"seq\":20,\"first\":17,\"last\":19}\n", StringComparison.Ordinal), verdict.Findings.Contains(("records.jsonl", 17L, "record-missing")));
        }
    }

    [Fact]
    public async Task A_restore_that_is_in_the_database_and_of_which_no_leaf_tells_is_an_alarm_of_the_export_and_of_both_verifiers()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(4);
        await signed.Audited.Database.AsSuperuserAsync($"INSERT INTO ledger.restore (client_id, id, first_seq, last_seq, at) VALUES ('{log}', gen_random_uuid(), 1, 2, now())");
        Guid lost = await signed.Audited.Database.ScalarAsync<Guid>(
            $"SELECT substr(e.object, 9)::uuid FROM audit.event e JOIN ledger.entry l ON l.event_id = e.id WHERE l.client_id = '{log}' AND l.seq = 1");
        signed.Audited.Records.Remove(log, lost);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "excused"));

        Assert.Contains((1L, FindingKind.RecordMissing), written.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("excused")), verdict => Assert.Equal([("records.jsonl", 1L, "record-missing")], verdict.Findings));
    }

    [Fact]
    public async Task A_ledger_that_was_begun_anew_is_as_written_and_both_verifiers_name_the_checkpoint_that_is_lost()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(20);
        Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "lost"));
        await signed.BeginAnewAsync(log, 17);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "anew"));

        Assert.Equal((0, 0L, 19L), (written.Findings.Count, written.Lost, written.Size)); // 17, what tells of it, and the act after it
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("anew")))
        {
            Assert.Empty(verdict.Findings);
            System.Text.Json.JsonElement anew = Assert.Single(verdict.Total.GetProperty("begunAnew").EnumerateArray());
            Assert.Equal(
                (17L, "shop.example/ledger", 20L, "shop.example/ledger/2"),
                (anew.GetProperty("seq").GetInt64(), anew.GetProperty("before").GetString(), anew.GetProperty("size").GetInt64(), anew.GetProperty("origin").GetString()));
        }

        Assert.Contains(" (entry 17) as shop.example/ledger/2: of what shop.example/ledger signed, up to its checkpoint of 20 ticks, the end is lost\n", await OfflineVerifier.TextAsync(exported.PathOf("anew")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Against_an_export_under_the_name_before_what_both_have_must_be_the_same_and_what_is_lost_cannot_be_compared()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(12);
        await exported.WriteAsync(log, "early");
        await signed.ActAsync(log);
        await signed.SignAsync();
        await exported.WriteAsync(log, "late");
        await signed.BeginAnewAsync(log, 12);
        await exported.WriteAsync(log, "anew");

        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("anew"), "--against", exported.PathOf("early")), verdict => Assert.Empty(verdict.Findings));
        Assert.All(
            await OfflineVerifier.BothAsync(exported.PathOf("anew"), "--against", exported.PathOf("late")),
            verdict => Assert.Equal([("--against checkpoint", null, "form")], verdict.Findings));
    }

    [Fact]
    public async Task An_origin_leaf_that_the_entry_does_not_commit_to_is_refused()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(4);
        await signed.BeginAnewAsync(log, 3);
        await exported.WriteAsync(log, "anew");
        string file = Path.Combine(exported.PathOf("anew"), Restores);
        string line = await File.ReadAllTextAsync(file, Cancellation);
        await File.WriteAllTextAsync(file, $"{line[..60]}{(line[60] == 'A' ? 'B' : 'A')}{line[61..]}", Cancellation);

        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("anew")), verdict =>
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Contains((Restores, 3L, "restore"), verdict.Findings);
        });
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("size 20", "size 9223372036854775808", false)]
    [InlineData("seq 17", "seq 9223372036854775808", false)]
    [InlineData("2026-11-22T", "2026-02-30T", false)]
    [InlineData("ledger/2", "ledg\u00e9r/2", false)]
    public async Task An_origin_leaf_in_another_form_is_refused_although_the_entry_commits_to_it(string from, string to, bool isRead)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(2);
        string text = $"munshi-origin/1\norigin shop.example/ledger/2\nseq 17\ntime 2026-11-22T09:30:00.000000Z\nbefore shop.example/ledger\nsize 20\nroot {Digest.Zero}\nprevious {Digest.Zero}\n";
        byte[] leaf = Encoding.UTF8.GetBytes(from.Length == 0 ? text : text.Replace(from, to, StringComparison.Ordinal));
        await signed.Audited.Database.AsSuperuserAsync(
            $"""
            INSERT INTO audit.event (client_id, at, actor, action, object, commitment)
            VALUES ('{log}', now() - interval '2 minutes', 'program:operator', 'ledger.begun-anew', 'restore:{Guid.NewGuid()}', '\x{new Digest(SHA256.HashData(leaf))}')
            """);
        await signed.ActAsync(log); // entry 2 tells of it
        await signed.SignAsync();
        await exported.WriteAsync(log, "anew");
        await File.WriteAllTextAsync(Path.Combine(exported.PathOf("anew"), Restores), $"{{\"seq\":2,\"origin\":\"{Convert.ToBase64String(leaf)}\"}}\n", Cancellation);

        (string, long?, string)[] expected = isRead ? [] : [("records.jsonl", 2L, "record-missing"), (Restores, 2L, "restore")];
        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("anew")), verdict => Assert.Equal(expected, verdict.Findings.Order()));
    }

    /// <summary>20 acts, of which a restore lost the last three; then another act.</summary>
    private static async Task<Guid> RestoredAsync(SignedDatabase signed)
    {
        Guid log = await signed.FillAsync(20);
        await signed.RollBackAsync(log, 17);
        await signed.NewCeremony().RunAsync(false, Cancellation);
        await signed.ActAsync(log);
        await signed.SignAsync();
        return log;
    }
}

using System.Text;
using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Export;
using Munshi.Audit.Restoring;
using Munshi.Database;
using Munshi.Ledger;
using Munshi.Ledger.Notes;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>A restore that never was, put into the database so that what was taken away counts as lost.</summary>
public sealed class ForgedRestoreTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("null")]
    [InlineData("(SELECT max(note) FROM ledger.restore)")] // of a restore that was
    public async Task A_record_taken_away_under_a_forged_restore_is_named_by_the_verifier_and_not_counted_as_lost(string note)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(6);
        await signed.RollBackAsync(log, 5);
        Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        await signed.ActAsync(log);
        RestoredRange range = new(log, Guid.NewGuid(), 2, 2);

        await TakeAwayAsync(signed, log, 2);
        await RecordAsync(signed, range, note, TimeProvider.System.GetMicrosecondNow());
        await TellAsync(signed, range);
        LedgerReport report = await signed.VerifyAsync();

        Assert.Equal(1, report.Lost); // the one that was restored
        Assert.Contains((2L, FindingKind.EventMissing), Places(report));
        Assert.Contains((2L, FindingKind.RecordMissing), Places(report));
        Assert.Contains((2L, FindingKind.Restore), Places(report));
    }

    [Fact]
    public async Task A_record_taken_away_under_a_told_restore_that_the_key_did_not_sign_is_named_by_the_export_and_by_both_offline_verifiers()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(6);
        RestoredRange range = new(log, Guid.NewGuid(), 2, 2);
        await TakeAwayAsync(signed, log, 2);
        await RecordAsync(signed, range, "null", TimeProvider.System.GetMicrosecondNow());
        await TellAsync(signed, range); // row 6

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "forged"));

        Assert.Equal(0, written.Lost);
        Assert.Contains(written.Findings, finding => finding is { Kind: FindingKind.Restore, Seq: 2, Found: "no signature of the installation's key" });
        Assert.Contains(written.Findings, finding => finding is { Kind: FindingKind.RecordMissing, Seq: 2 });
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(exported.PathOf("forged")))
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Contains(("records.jsonl", (long?)2, "record-missing"), verdict.Findings);
            Assert.Equal(0, verdict.Total.GetProperty("lost").GetInt64());
        }
    }

    [Theory]
    [InlineData("checkpoint", "a checkpoint of tick 2 over these rows, signed before them")]
    [InlineData("restoration", "no word that what waited then is uncertain")]
    [InlineData("past", "a past of 900 ticks that was not signed")]
    [InlineData("hash", "another row 2 than was put back")]
    [InlineData("range", "a signature over another restore")]
    public async Task Signed_with_the_real_key_it_is_named_by_the_verifier_where_anything_else_is_not_as_after_a_restore(string slip, string found)
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);

        LedgerReport report = await SignedForgeryAsync(signed, slip);

        Assert.Contains(report.Findings, finding => finding.Kind == FindingKind.Restore && finding.Found == found);
        Assert.Equal(0, report.Lost);
    }

    [Fact]
    public async Task Told_before_its_rows_it_is_named_by_the_verifier()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(6);
        RestoredRange range = new(log, Guid.NewGuid(), 7, 7);
        await TellAsync(signed, range); // row 6
        await signed.ActAsync(log);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());

        RestoreRecord record = new(range, (await signed.RowHashesAsync(log))[7], 8, TimeProvider.System.GetMicrosecondNow(), await PastAsync(signed));
        await TakeAwayAsync(signed, log, 7);
        await RecordAsync(signed, range, Sign(signed, record), record.At);

        Assert.Contains((await signed.VerifyAsync()).Findings, finding => finding is { Kind: FindingKind.Restore, Seq: 6, Found: "row 6" });
    }

    [Fact]
    public async Task What_the_holder_of_database_and_key_makes_just_as_the_ceremony_does_is_not_told_from_it()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);

        LedgerReport report = await SignedForgeryAsync(signed, "none");

        Assert.Empty(report.Findings);
        Assert.Equal(1, report.Lost);
    }

    /// <summary>By one who has the database and <c>secrets/</c>.</summary>
    private static async Task<LedgerReport> SignedForgeryAsync(SignedDatabase signed, string slip)
    {
        Guid log = await signed.FillAsync(6);
        Checkpoint past = await PastAsync(signed);
        RestoreRecord record = new(
            new RestoredRange(log, Guid.NewGuid(), 2, 2),
            slip == "hash" ? Digest.Zero : (await signed.RowHashesAsync(log))[2],
            3,
            TimeProvider.System.GetMicrosecondNow(),
            slip == "past" ? new Checkpoint(past.Origin, 900, past.Root) : past);
        await TakeAwayAsync(signed, log, 2, alsoCheckpoints: slip != "checkpoint");
        await RecordAsync(
            signed, record.Range, Sign(signed, slip == "range" ? record with { Range = record.Range with { Last = 3 } } : record), record.At, alsoUncertain: slip != "restoration");
        await TellAsync(signed, record.Range);
        return await signed.VerifyAsync();
    }

    private static async Task<Checkpoint> PastAsync(SignedDatabase signed) =>
        SignedDatabase.Open(Encoding.UTF8.GetString(signed.File.Read()!), await signed.KeyAsync());

    /// <returns>As SQL.</returns>
    private static string Sign(SignedDatabase signed, RestoreRecord record)
    {
        using LedgerIdentity identity = LedgerIdentity.Load(signed.Data.Secrets);
        return $"'{identity.Attest(record.Signed.Origin, record.Encode())}'";
    }

    private static IEnumerable<(long, FindingKind)> Places(LedgerReport report) => report.Findings.Select(finding => (finding.Seq ?? -1, finding.Kind));

    /// <summary>A row's event and record, and whatever in the database tells that they were there when it was signed.</summary>
    private static async Task TakeAwayAsync(SignedDatabase signed, Guid log, long seq, bool alsoCheckpoints = true)
    {
        Guid record = Assert.Single(await signed.RowsAsync(
            $"SELECT substr(e.object, 9)::uuid FROM audit.event e JOIN ledger.entry l ON l.event_id = e.id WHERE l.client_id = '{log}' AND l.seq = {seq}", reader => reader.GetGuid(0)));
        signed.Audited.Records.Remove(log, record);
        await signed.Audited.TamperAsync(
            $"""
            DELETE FROM audit.event WHERE id = (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq = {seq});
            UPDATE ledger.entry SET event_id = -1000 WHERE client_id = '{log}' AND seq = {seq}
            """);
        if (alsoCheckpoints)
        {
            await signed.TamperAsync("checkpoint", $"DELETE FROM ledger.checkpoint WHERE client_id = '{log}' AND size > {seq}");
        }
    }

    /// <summary>What the ceremony would write.</summary>
    private static Task RecordAsync(SignedDatabase signed, RestoredRange range, string note, DateTimeOffset at, bool alsoUncertain = true) => signed.Audited.Database.AsSuperuserAsync(
        $"""
        INSERT INTO work.restoration (client_id, at) SELECT '{range.Log}', '{at:O}' WHERE {alsoUncertain};
        INSERT INTO ledger.restore (client_id, id, first_seq, last_seq, at, note) VALUES ('{range.Log}', '{range.Id}', {range.First}, {range.Last}, '{at:O}', {note});
        """);

    /// <summary>The leaf that tells of it, chained and signed.</summary>
    private static async Task TellAsync(SignedDatabase signed, RestoredRange range)
    {
        await signed.Audited.Database.AsSuperuserAsync(
            $"""
            INSERT INTO audit.event (client_id, at, actor, action, object, commitment)
            VALUES ('{range.Log}', now(), 'program:operator', 'ledger.restored', '{range.Target}', '\x{Convert.ToHexString(range.Commit())}');
            """);
        await using Sequencer sequencer = signed.Audited.NewSequencer();
        await signed.Audited.DrainAsync(sequencer);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
    }
}

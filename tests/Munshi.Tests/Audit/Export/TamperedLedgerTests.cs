using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Audit.Verifying;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Export;

/// <summary>What somebody with the database did to the log itself, exported.</summary>
public sealed class TamperedLedgerTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task A_row_without_its_hash_is_named_by_export_and_rolling_check_and_the_rest_is_gone_through()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(6);
        await signed.TamperAsync(
            "entry", $"ALTER TABLE ledger.entry ALTER COLUMN row_hash DROP NOT NULL; UPDATE ledger.entry SET row_hash = NULL WHERE client_id = '{log}' AND seq IN (2, 4)");

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "without"));
        (_, IReadOnlyList<LedgerFinding> rolling, _) = await new RollingCheck(signed.Databases, [signed.Audited.Records], signed.Data).PassAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            [(2L, FindingKind.RowHash, "not a hash"), (4L, FindingKind.RowHash, "not a hash")],
            written.Findings.Where(finding => finding.Kind == FindingKind.RowHash).Select(finding => (finding.Seq!.Value, finding.Kind, finding.Found)));
        Assert.Equal((6L, 6L), (written.Size, written.Records));
        Assert.Equal([(2L, FindingKind.RowHash), (4L, FindingKind.RowHash)], rolling.Select(finding => (finding.Seq!.Value, finding.Kind)).Distinct());
        Assert.All(await OfflineVerifier.BothAsync(exported.PathOf("without")), verdict => Assert.Empty(verdict.Findings)); // the hashes are those that were signed
    }

    [Fact]
    public async Task A_log_that_was_rewritten_and_signed_with_the_real_key_is_exported_as_it_stands_and_told()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using ExportedLedger exported = new(signed);
        Guid log = await signed.FillAsync(6);
        byte[] outside = signed.File.Read()!;
        await signed.ForgeFromAsync(log, 2);
        await File.WriteAllBytesAsync(signed.FilePath, outside, TestContext.Current.CancellationToken);

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(log, "forged"));

        Assert.Equal((log, (long?)2, FindingKind.HeadDiffers), (written.Findings[0].Log, written.Findings[0].Seq, written.Findings[0].Kind));
        Assert.Contains(written.Findings, finding => finding.Kind == FindingKind.SignedLast);
        Assert.True(File.Exists(Path.Combine(exported.PathOf("forged"), "checkpoint")));
    }

    [Fact]
    public async Task The_row_that_was_changed_is_named_before_the_node_above_it()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(18);
        await signed.TamperAsync(
            "entry",
            $"""
            UPDATE ledger.entry SET leaf = replace(leaf, 'message.received', 'message.withdrawn') WHERE client_id = '{log}' AND seq = 7;
            UPDATE ledger.entry SET row_hash = sha256('\x00'::bytea || convert_to(leaf, 'UTF8')) WHERE client_id = '{log}' AND seq = 7
            """);

        LedgerReport report = await signed.VerifyAsync();

        Assert.Contains(report.Findings, finding => finding is { Seq: 0, Kind: FindingKind.Node });
        Assert.Equal((7L, FindingKind.EventDiffers), (report.FirstBad!.Seq!.Value, report.FirstBad.Kind));
    }
}

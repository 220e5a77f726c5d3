using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Export;

public sealed class TamperedSourceTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private TestDatabase Database => exported.Server.Database;

    [Fact]
    public async Task What_a_superuser_changed_is_told_by_the_export_and_named_by_both_verifiers()
    {
        Guid changed = await Database.ScalarAsync<Guid>("SELECT id FROM vault.message WHERE source = 'import' ORDER BY id LIMIT 1");
        Guid deleted = await Database.ScalarAsync<Guid>("SELECT id FROM vault.message_status ORDER BY id LIMIT 1");
        await Database.AsSuperuserAsync(
            $"""
            BEGIN;
            ALTER TABLE vault.message DISABLE TRIGGER immutable;
            ALTER TABLE vault.message_status DISABLE TRIGGER immutable;
            UPDATE vault.message SET received_at = received_at + interval '1 second' WHERE id = '{changed}';
            DELETE FROM vault.message_status WHERE id = '{deleted}';
            ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
            ALTER TABLE vault.message_status ENABLE ALWAYS TRIGGER immutable;
            COMMIT
            """);
        string directory = exported.NewDirectory();

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(directory));

        long changedSeq = await SeqAsync($"message:{changed}");
        long deletedSeq = await SeqAsync($"status:{deleted}");
        Assert.Equal(
            new[] { (changedSeq, FindingKind.Commitment), (deletedSeq, FindingKind.RecordMissing) }.Order(),
            written.Findings.Select(finding => (finding.Seq!.Value, finding.Kind)).Order());
        foreach (Verdict verdict in await OfflineVerifier.BothAsync(directory))
        {
            Assert.Equal(1, verdict.ExitCode);
            Assert.Equal(
                new[] { ("records.jsonl", changedSeq, "commitment"), ("records.jsonl", deletedSeq, "record-missing") }.Order(),
                verdict.Findings.Select(finding => (finding.File, finding.Seq!.Value, finding.Kind)).Order());
        }
    }

    private Task<long> SeqAsync(string target) =>
        Database.ScalarAsync<long>($"SELECT min(seq) FROM ledger.entry WHERE leaf LIKE E'%\\nobject {target}\\n%'");
}

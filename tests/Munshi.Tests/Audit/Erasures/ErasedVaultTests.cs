using Munshi.Audit;
using Munshi.Audit.Export;
using Munshi.Audit.Verifying;
using Munshi.Database;
using Munshi.Tests.Audit.Export;

namespace Munshi.Tests.Audit.Erasures;

/// <summary>A server's own vault, some of whose keys and rows are gone.</summary>
public sealed class ErasedVaultTests(ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_without_key_and_a_status_without_row_are_an_alarm_and_under_a_recorded_case_erased_for_every_verifier()
    {
        long[] keyless = [await SeqAsync("message", "SELECT id FROM vault.message WHERE source = 'import' ORDER BY id LIMIT 1"), await SeqAsync("message", "SELECT id FROM vault.message WHERE source = 'webhook' ORDER BY id LIMIT 1")];
        long rowless = await SeqAsync("status", "SELECT id FROM vault.message_status ORDER BY id LIMIT 1");
        await exported.Server.Database.AsSuperuserAsync(
            """
            SET session_replication_role = replica;
            ALTER TABLE vault.message DISABLE TRIGGER immutable;
            ALTER TABLE vault.message_status DISABLE TRIGGER immutable;
            UPDATE vault.message SET key_id = gen_random_uuid() WHERE id IN (
                (SELECT id FROM vault.message WHERE source = 'import' ORDER BY id LIMIT 1), (SELECT id FROM vault.message WHERE source = 'webhook' ORDER BY id LIMIT 1));
            DELETE FROM vault.message_status WHERE id = (SELECT id FROM vault.message_status ORDER BY id LIMIT 1);
            ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
            ALTER TABLE vault.message_status ENABLE ALWAYS TRIGGER immutable;
            """);
        LedgerReport alarm = await VerifyAsync();
        long[] gone = [.. alarm.Findings.Select(finding => finding.Seq!.Value)]; // an answer's record is under the key of the message that it answers
        RecordedCase recorded = new(exported.Server.Database, exported.Server.Get<DataDirectory>(), exported.Server.ClientId);
        await recorded.RecordAsync(RecordedCase.Ranges(gone));
        string directory = exported.NewDirectory();

        ExportOutcome.Written written = Assert.IsType<ExportOutcome.Written>(await exported.WriteAsync(directory));
        LedgerReport report = await VerifyAsync();
        RollingCheck rolling = new(exported.Server.Get<Databases>(), [.. exported.Server.Get<IEnumerable<IEvidenceSource>>()], exported.Server.Get<DataDirectory>());

        Assert.Equal([rowless], alarm.Findings.Where(finding => finding.Kind != FindingKind.KeyMissing).Select(finding => finding.Seq!.Value));
        Assert.Empty(keyless.Except(gone));
        Assert.Empty(report.Findings);
        Assert.Equal(gone.Length, report.Erased);
        Assert.Empty((await rolling.PassAsync(Cancellation)).Findings);
        Assert.Empty(written.Findings);
        Assert.Equal(gone.Length, written.Erased);
        Assert.All(await OfflineVerifier.BothAsync(directory), verdict =>
        {
            Assert.Empty(verdict.Findings);
            Assert.Equal(gone.Length, verdict.Total.GetProperty("erased").GetInt64());
        });
    }

    private Task<LedgerReport> VerifyAsync() => exported.Server.Get<LedgerVerifier>().VerifyAsync(null, Cancellation);

    private Task<long> SeqAsync(string kind, string query) => exported.Server.Database.ScalarAsync<long>(
        $"SELECT min(l.seq) FROM ledger.entry l WHERE position(E'\\nobject {kind}:' || ({query}) || E'\\n' IN l.leaf) > 0");
}

using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>A superuser who changes events and entries together and hashes everything anew: the database agrees with itself, only the heads outside it do not.</summary>
public sealed class RewrittenHistoryTests(PostgresTemplate postgres)
{
    private static readonly Guid Stranger = Guid.NewGuid();

    [Fact]
    public async Task A_history_rewritten_with_fresh_hashes_is_named_by_the_verifier_from_the_first_changed_row_on()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(5);

        await RewriteAsync(audited, log, from: 2);

        await LedgerFacts.AssertCompleteAsync(audited.Database);
        Assert.Equal(
            [(2L, FindingKind.HeadDiffers), (3L, FindingKind.HeadDiffers), (4L, FindingKind.HeadDiffers)],
            (await audited.VerifyAsync()).Findings.Select(finding => (finding.Seq!.Value, finding.Kind)));
    }

    [Fact]
    public async Task A_tail_cut_off_together_with_its_events_is_named_by_the_verifier_by_its_missing_heads()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(5);

        await CutAsync(audited, log, from: 3);

        await LedgerFacts.AssertCompleteAsync(audited.Database);
        LedgerReport report = await audited.VerifyAsync();
        Assert.Contains((3L, FindingKind.HeadMissing), report.Findings.Where(finding => finding.Seq is not null).Select(finding => (finding.Seq!.Value, finding.Kind)));
        Assert.Contains((4L, FindingKind.HeadMissing), report.Findings.Where(finding => finding.Seq is not null).Select(finding => (finding.Seq!.Value, finding.Kind)));
    }

    [Fact]
    public async Task What_lies_after_the_last_recorded_head_can_be_rewritten_unseen_for_so_long()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);
        await audited.ActAsync(log, TimeSpan.FromMinutes(2));
        await using Sequencer sequencer = audited.NewSequencer();
        Assert.Equal(1, await sequencer.DrainOnceAsync(TestContext.Current.CancellationToken));

        await RewriteAsync(audited, log, from: 3);
        Assert.True((await audited.VerifyAsync()).IsOk);

        audited.Recorder.RecordOnce();
        Assert.False((await audited.VerifyAsync()).IsOk);
    }

    private static Task RewriteAsync(AuditedDatabase audited, Guid log, int from) => audited.TamperAsync(
        $"""
        UPDATE audit.event SET actor = 'customer:{Stranger}' WHERE id = (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq = {from});
        UPDATE ledger.entry SET leaf = regexp_replace(leaf, 'actor customer:[0-9a-f-]+', 'actor customer:{Stranger}') WHERE client_id = '{log}' AND seq = {from};
        DO $$
        DECLARE
            at_seq bigint;
            before text := (SELECT encode(row_hash, 'hex') FROM ledger.entry WHERE client_id = '{log}' AND seq = {from} - 1);
        BEGIN
            FOR at_seq IN SELECT seq FROM ledger.entry WHERE client_id = '{log}' AND seq >= {from} ORDER BY seq LOOP
                UPDATE ledger.entry SET leaf = left(leaf, -74) || 'previous ' || before || E'\n' WHERE client_id = '{log}' AND seq = at_seq;
                UPDATE ledger.entry SET row_hash = sha256('\x00'::bytea || convert_to(leaf, 'UTF8')) WHERE client_id = '{log}' AND seq = at_seq
                    RETURNING encode(row_hash, 'hex') INTO before;
            END LOOP;
        END $$
        """);

    private static Task CutAsync(AuditedDatabase audited, Guid log, int from) => audited.TamperAsync(
        $"""
        CREATE TEMP TABLE cut AS SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq >= {from};
        DELETE FROM ledger.entry WHERE event_id IN (SELECT event_id FROM cut);
        DELETE FROM audit.event WHERE id IN (SELECT event_id FROM cut)
        """);
}

using Munshi.Audit;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

public sealed class LedgerVerifierTests(PostgresTemplate postgres)
{
    [Fact]
    public async Task An_untouched_ledger_is_found_as_written()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid first, Guid second) = await audited.FillAsync(4);

        LedgerReport report = await audited.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(
            new[] { (first, 4L, 0L), (second, 4L, 0L) }.Order(), report.Logs.Select(log => (log.Log, log.Entries, log.Pending)).Order());
        Assert.Equal((true, 8L, 0L, 0L), (report.IsOk, report.Entries, report.Erased, report.Lost));
    }

    [Fact]
    public async Task One_workspace_can_be_verified_alone()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid first, Guid second) = await audited.FillAsync(2);
        await audited.TamperAsync($"DELETE FROM ledger.entry WHERE client_id = '{second}'");

        Assert.True((await audited.VerifyAsync(first)).IsOk);
        Assert.False((await audited.VerifyAsync(second)).IsOk);
    }

    [Fact]
    public async Task No_finding_repeats_what_was_written_over_a_row()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);
        await audited.TamperAsync(
            $"""
            ALTER TABLE audit.event DROP CONSTRAINT event_actor_check;
            UPDATE audit.event SET actor = '+919000000001' WHERE id = (SELECT event_id FROM ledger.entry WHERE client_id = '{log}' AND seq = 1);
            UPDATE ledger.entry SET leaf = leaf || '+919000000001' WHERE client_id = '{log}' AND seq = 2
            """);
        LedgerReport report = await audited.VerifyAsync();
        using StringWriter written = new();

        LedgerReportWriter.WriteJson(report, written);
        LedgerReportWriter.WriteText(report, written);

        Assert.False(report.IsOk);
        Assert.DoesNotContain("9000000001", written.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(61, false)]
    [InlineData(-61, false)]
    public async Task An_event_may_wait_a_minute_for_its_entry(int ageInSeconds, bool ok)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.ActAsync(await audited.AddWorkspaceAsync(), TimeSpan.FromSeconds(ageInSeconds));

        LedgerReport report = await audited.VerifyAsync();

        Assert.Equal((ok, 1L), (report.IsOk, report.Pending));
        Assert.All(report.Findings, finding => Assert.Equal(FindingKind.NotChained, finding.Kind));
    }

    [Fact]
    public async Task An_old_act_committed_late_is_no_finding_when_it_is_chained_at_once()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        Guid log = await audited.AddWorkspaceAsync();
        await audited.ActAsync(log);
        Sequencer sequencer = audited.NewSequencer();
        await audited.DrainAsync(sequencer);
        await audited.ActAsync(log, TimeSpan.FromMinutes(10));
        MeanwhileClock clock = new(() => audited.DrainAsync(sequencer));

        LedgerReport report = await audited.VerifyAsync(clock: clock);

        Assert.Empty(report.Findings);
        Assert.Equal(1, clock.Waits);
    }
}

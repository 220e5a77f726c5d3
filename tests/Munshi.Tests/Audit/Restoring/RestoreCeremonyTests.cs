using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Restoring;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;
using Munshi.Tests.Witness;

namespace Munshi.Tests.Audit.Restoring;

public sealed class RestoreCeremonyTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_an_older_database_was_restored_the_same_logs_go_on_and_say_what_was_lost()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(20);
        await signed.RollBackAsync(log, 17);
        Assert.Contains("the database is older than its last checkpoint", await signed.Condition.RefusalAsync(Cancellation), StringComparison.Ordinal);

        RestoredRange lost = Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);

        Assert.Equal((log, 17L, 19L), (lost.Log, lost.First, lost.Last));
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
        await signed.Audited.ActAsync(log);
        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
        Assert.Equal(20, await signed.PublishedSizeAsync()); // the checkpoint that was signed before the restore
        Assert.Equal(21, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
        LedgerReport report = await signed.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((22L, 3L), (report.Entries, report.Lost)); // 20, the RESTORE leaf, and the act after it
    }

    [Fact]
    public async Task An_event_that_the_backup_has_without_its_row_gets_that_row_again_and_no_second_one()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        await signed.RollBackAsync(log, 2, waiting: 1);

        Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        await signed.ActAsync(log);
        await signed.SignAsync();

        LedgerReport report = await signed.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((7L, 2L), (report.Entries, report.Lost)); // 5, the RESTORE leaf, and the act after it
    }

    [Fact]
    public async Task A_witness_that_cosigned_what_was_lost_confirms_what_was_put_back()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        using HttpClient http = new();
        Guid log = await signed.FillAsync(4);
        await using RunningWitness witness = await RunningWitness.StartAsync((await signed.KeyAsync()).ToString());
        signed.Use(http, 1, witness.Configured);
        await signed.ActAsync(log);
        await signed.SignAsync(); // 4 is cosigned, 5 is signed
        signed.Use(http, 1, witness.Configured);
        await signed.ActAsync(log);
        await signed.SignAsync(); // 5 is cosigned, 6 is signed
        await signed.RollBackAsync(log, 2);

        await signed.NewCeremony().RunAsync(false, Cancellation);
        signed.Use(http, 1, witness.Configured);
        await signed.ActAsync(log);

        Assert.Equal(7, Assert.IsType<TickOutcome.Published>(await signed.SignAsync()).Size);
    }

    [Fact]
    public async Task Every_ceremony_makes_uncertain_what_waits_also_where_no_leaf_is_missing()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(1);

        await signed.NewCeremony().RunAsync(false, Cancellation);

        Assert.Equal(
            await signed.Audited.Database.ScalarAsync<long>("SELECT count(*) FROM workspace.workspace"),
            await signed.Audited.Database.ScalarAsync<long>("SELECT count(*) FROM work.restoration WHERE at <= clock_timestamp()"));
    }

    [Fact]
    public async Task Repeated_it_puts_nothing_back_twice_and_completes_what_was_broken_off()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        await signed.RollBackAsync(log, 3);
        await signed.NewCeremony().RunAsync(false, Cancellation);
        await signed.Audited.Database.AsSuperuserAsync(
            "ALTER TABLE audit.event DISABLE TRIGGER immutable; DELETE FROM audit.event WHERE action = 'ledger.restored'; ALTER TABLE audit.event ENABLE ALWAYS TRIGGER immutable");

        Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        Assert.Empty((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);

        await signed.Audited.DrainAsync(signed.Audited.NewSequencer());
        Assert.Empty((await signed.VerifyAsync()).Findings);
    }

    [Fact]
    public async Task Without_the_kept_leaves_nothing_is_put_back_and_the_gate_stays_closed()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(5);
        await signed.RollBackAsync(log, 3);
        Directory.Delete(Path.Combine(signed.Data.Checkpoints, "leaves"), recursive: true);

        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => signed.NewCeremony().RunAsync(false, Cancellation));

        Assert.Contains("do not lead from there to the signed root", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(await signed.Condition.RefusalAsync(Cancellation));
        Assert.Equal(3L, Assert.Single(await signed.RowsAsync("SELECT count(*) FROM ledger.entry", reader => reader.GetInt64(0))));
    }

    [Fact]
    public async Task A_restore_that_no_leaf_tells_of_excuses_nothing_unseen()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(4);
        await signed.RollBackAsync(log, 2);
        await signed.NewCeremony().RunAsync(false, Cancellation);
        await signed.Audited.TamperAsync("DELETE FROM audit.event WHERE action = 'ledger.restored'");

        Assert.Contains((await signed.VerifyAsync()).Findings, finding => finding.Kind == FindingKind.RecordUnknown && finding.Expected.StartsWith("a leaf for restore:", StringComparison.Ordinal));
    }
}

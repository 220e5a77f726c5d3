using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Restoring;
using Munshi.Audit.Verifying;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Restoring;

/// <summary>The backup is older than a workspace.</summary>
public sealed class LostWorkspaceTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_leaves_of_a_workspace_that_the_backup_does_not_know_are_put_back_its_log_goes_on_and_tells_what_was_lost()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid known = await signed.FillAsync(2);
        Guid lost = await signed.FillAsync(3);
        await ForgetAsync(signed, lost, ticks: 2);

        IReadOnlyList<RestoredRange> ranges = (await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges;

        Assert.Equal((lost, 0L, 2L), Assert.Single(ranges) is var range ? (range.Log, range.First, range.Last) : default);
        Assert.Empty((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        await signed.ActAsync(known);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        LedgerReport report = await signed.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal(
            (4L, 3L), // its three rows, and the one that tells of the restore
            report.Logs.Single(log => log.Log == lost) is var log ? (log.Entries, log.Lost) : default);
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
        (_, IReadOnlyList<LedgerFinding> rolling, _) = await new RollingCheck(signed.Databases, [signed.Audited.Records], signed.Data).PassAsync(Cancellation);
        Assert.Empty(rolling);
    }

    [Fact]
    public async Task A_verification_is_a_leaf_of_every_log_whose_workspace_is_still_there()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid known = await signed.FillAsync(1);
        Guid lost = await signed.FillAsync(1);
        await ForgetAsync(signed, lost, ticks: 1);
        await signed.NewCeremony().RunAsync(false, Cancellation);

        await new VerificationLeaves(signed.Databases.App, TimeProvider.System).AddAsync(Guid.NewGuid(), await signed.VerifyAsync(), Cancellation);

        Assert.Equal([known], await signed.RowsAsync("SELECT client_id FROM audit.event WHERE action LIKE 'ledger.%' AND object LIKE 'verification:%'", reader => reader.GetGuid(0)));
    }

    [Fact]
    public async Task Where_its_leaves_are_gone_too_the_ledger_begins_anew_without_it()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid known = await signed.FillAsync(2);
        Guid lost = await signed.FillAsync(3);
        await ForgetAsync(signed, lost, ticks: 2);
        Directory.Delete(Path.Combine(signed.Data.Checkpoints, "leaves"), recursive: true);

        Assert.Equal("shop.example/ledger/2", (await signed.NewCeremony().RunAsync(true, Cancellation)).Name);

        await signed.ActAsync(known);
        Assert.IsType<TickOutcome.Published>(await signed.SignAsync());
        Assert.Empty((await signed.VerifyAsync()).Findings);
    }

    /// <summary>The database as a backup held it that was made before the workspace.</summary>
    private static async Task ForgetAsync(SignedDatabase signed, Guid lost, int ticks)
    {
        await signed.RollBackAsync(lost, 0, ticks);
        await signed.Audited.Database.AsSuperuserAsync($"DELETE FROM workspace.workspace WHERE client_id = '{lost}'");
    }
}

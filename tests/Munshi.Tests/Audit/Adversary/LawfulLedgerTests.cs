using Munshi.Audit;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Verifying;
using Munshi.Database;
using Munshi.Tests.Audit.Checkpoints;
using Munshi.Tests.Audit.Export;
using Munshi.Tests.Keyring;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit.Adversary;

/// <summary>Nothing lawful is flagged, by anybody.</summary>
public sealed class LawfulLedgerTests(PostgresTemplate postgres, ExportedWorkspace exported) : IClassFixture<ExportedWorkspace>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_working_server_with_chats_and_an_import_is_found_as_written_by_the_verifier_the_rolling_check_and_both_offline_verifiers()
    {
        Databases databases = exported.Server.Get<Databases>();

        LedgerReport report = await exported.Server.Get<LedgerVerifier>().VerifyAsync(null, Cancellation);
        (_, IReadOnlyList<LedgerFinding> rolling, _) = await new RollingCheck(databases, [.. exported.Server.Get<IEnumerable<IEvidenceSource>>()], exported.Server.Get<DataDirectory>()).PassAsync(Cancellation);
        Verdict[] offline = await OfflineVerifier.BothAsync(exported.Whole, "--against", exported.Early);

        Assert.Empty(report.Findings.Concat(rolling));
        Assert.All(offline, verdict => Assert.Empty(verdict.Findings));
        Assert.Null(await new SignedPast(databases, exported.Server.Get<InstanceCheckpointFile>(), new CheckpointState()).RefusalAsync(Cancellation));
    }

    [Fact]
    public async Task Two_signed_logs_with_nodes_above_them_are_found_as_written_by_the_verifier()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        await signed.FillAsync(18);
        await signed.FillAsync(2);
        await signed.SignAsync();

        LedgerReport report = await signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(20, report.Entries);
    }

    [Fact]
    public async Task After_restarts_a_recorded_restore_and_a_clock_set_forward_nothing_is_flagged_and_signing_goes_on()
    {
        await using SignedDatabase signed = await SignedDatabase.CreateAsync(postgres);
        Guid log = await signed.FillAsync(20); // another process each time
        await signed.RollBackAsync(log, 17);
        Assert.Single((await signed.NewCeremony().RunAsync(false, Cancellation)).Ranges);
        await signed.ActAsync(log);
        await using CheckpointSigner ahead = signed.NewSigner(new SettableClock(TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(3)));
        Assert.IsType<TickOutcome.Published>(await ahead.TickAsync(TimeSpan.Zero, Cancellation));
        Assert.IsType<TickOutcome.Published>(await ahead.TickAsync(TimeSpan.Zero, Cancellation));

        LedgerReport report = await signed.VerifyAsync();

        Assert.Empty(report.Findings);
        Assert.Equal(3, report.Lost);
        Assert.Null(await signed.Condition.RefusalAsync(Cancellation));
    }
}

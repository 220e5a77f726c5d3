using Microsoft.Extensions.Logging;
using Munshi.Audit;
using Munshi.Tests.Canary;
using Munshi.Tests.Postgres;

namespace Munshi.Tests.Audit;

public sealed class LostHeadsTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_or_emptied_file_beside_rows_is_logged_and_stays_a_finding_after_it_is_begun_anew(bool missing)
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid first, _) = await audited.FillAsync(2);
        Lose(audited, missing);
        using CapturedLog log = new();
        using LoggerFactory factory = new([log]);
        await using Sequencer sequencer = new(
            audited.Database.Databases, audited.Gate, audited.Heads, audited.HeadsFile, factory.CreateLogger<Sequencer>());

        await audited.DrainAsync(sequencer);
        await audited.ActAsync(first);
        await audited.DrainAsync(sequencer);

        Assert.Contains("checkpoints/heads.log is missing or empty, and 2 logs have rows", log.Text, StringComparison.Ordinal);
        Assert.True(audited.HeadsFile.BeginsLost);
        LedgerReport report = await audited.VerifyAsync();
        Assert.Equal([FindingKind.HeadsLost], report.Findings.Select(finding => finding.Kind));
        Assert.False(report.IsOk);
        Assert.Equal(3, audited.HeadsFile.Read().OfType<HeadsLine.Recorded>().Count());
    }

    [Fact]
    public async Task A_ledger_that_was_never_chained_has_no_file_and_nothing_is_lost()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.ActAsync(await audited.AddWorkspaceAsync());

        await audited.DrainAsync(audited.NewSequencer());

        Assert.False(audited.HeadsFile.BeginsLost);
        Assert.True((await audited.VerifyAsync()).IsOk);
    }

    [Fact]
    public async Task A_server_killed_before_it_recorded_its_first_heads_has_lost_none()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        await audited.ActAsync(await audited.AddWorkspaceAsync());
        Sequencer killed = audited.NewSequencer();
        Assert.Equal(1, await killed.DrainOnceAsync(Cancellation));
        await killed.DisposeAsync();
        audited.Heads.Take();

        await audited.DrainAsync(audited.NewSequencer());

        Assert.False(audited.HeadsFile.BeginsLost);
        Assert.True((await audited.VerifyAsync()).IsOk);
    }

    private static void Lose(AuditedDatabase audited, bool missing)
    {
        if (missing)
        {
            File.Delete(audited.HeadsPath);
        }
        else
        {
            File.WriteAllBytes(audited.HeadsPath, []);
        }
    }
}

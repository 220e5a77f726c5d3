using Microsoft.Extensions.Logging.Abstractions;
using Munshi.Audit.Checkpoints;
using Munshi.Audit.Verifying;
using Munshi.Notices;
using Munshi.Tests.Postgres;
using Npgsql;

namespace Munshi.Tests.Audit.Verifying;

public sealed class AlertRetryTests(PostgresTemplate postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_that_could_not_be_told_is_told_by_the_next_pass_and_then_no_more()
    {
        await using AuditedDatabase audited = await AuditedDatabase.CreateAsync(postgres);
        (Guid log, _) = await audited.FillAsync(3);
        await audited.TamperAsync($"UPDATE ledger.entry SET row_hash = decode(repeat('5a', 32), 'hex') WHERE client_id = '{log}' AND seq = 1");
        using RollingCheckService service = new(
            audited.Database.Databases,
            new VerificationHistory(audited.Database.Databases, TimeProvider.System),
            new VerifiedState(),
            new CheckpointState(),
            new NoticeBoard(audited.Database.Databases.App, null!, TimeProvider.System), // the finding is of one log, so no list of workspaces is asked for
            [audited.Records],
            audited.Data,
            TimeProvider.System,
            NullLogger<RollingCheckService>.Instance);

        await audited.Database.AsSuperuserAsync("ALTER TABLE notice.notice RENAME TO away");
        await Assert.ThrowsAsync<PostgresException>(() => service.PassAsync(Cancellation));
        await audited.Database.AsSuperuserAsync("ALTER TABLE notice.away RENAME TO notice");
        await service.PassAsync(Cancellation);
        long told = await NoticesAsync(audited, log);
        await service.PassAsync(Cancellation);

        Assert.Equal((1L, 1L), (told, await NoticesAsync(audited, log)));
    }

    private static Task<long> NoticesAsync(AuditedDatabase audited, Guid log) =>
        audited.Database.ScalarAsync<long>($"SELECT coalesce(sum(1 + repeats), 0)::bigint FROM notice.notice WHERE client_id = '{log}' AND kind = 'ledger-broken' AND severity = 'alert'");
}

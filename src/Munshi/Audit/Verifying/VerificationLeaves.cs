using Munshi.Database;

namespace Munshi.Audit.Verifying;

/// <summary>Makes a verification's result a leaf of every log that it looked at.</summary>
internal sealed class VerificationLeaves(WorkspaceDatabase database, TimeProvider clock)
{
    public const string Verified = "ledger.verified";
    public const string Differs = "ledger.differs";

    public async Task AddAsync(Guid verification, LedgerReport report, CancellationToken cancellationToken)
    {
        foreach (LogReport log in report.Logs)
        {
            AuditEvent result = new(
                Actor.Verifier, log.FindingCount == 0 ? Verified : Differs, "verification", verification, clock.GetMicrosecondNow(), null, null);
            await database.TransactAsync(log.Log, transaction =>
            {
                AuditTrail.Record(transaction, result);
                return Task.FromResult(true);
            }, cancellationToken);
        }
    }
}

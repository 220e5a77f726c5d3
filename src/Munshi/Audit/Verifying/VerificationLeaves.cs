using Munshi.Database;

namespace Munshi.Audit.Verifying;

/// <summary>Makes a verification's result a leaf of every log that it looked at and whose workspace is there.</summary>
internal sealed class VerificationLeaves(WorkspaceDatabase database, TimeProvider clock)
{
    public const string Verified = "ledger.verified";
    public const string Differs = "ledger.differs";

    private const string ReadWorkspace = "SELECT client_id FROM workspace.workspace WHERE client_id = $1";

    public async Task AddAsync(Guid verification, LedgerReport report, CancellationToken cancellationToken)
    {
        foreach (LogReport log in report.Logs)
        {
            AuditEvent result = new(
                Actor.Verifier, log.FindingCount == 0 ? Verified : Differs, "verification", verification, clock.GetMicrosecondNow(), null, null);
            await database.TransactAsync(log.Log, async transaction =>
            {
                bool isThere = (await transaction.RowsAsync(new Statement(ReadWorkspace).Uuid(log.Log), reader => reader.GetGuid(0))).Count > 0;
                if (isThere)
                {
                    AuditTrail.Record(transaction, result);
                }

                return isThere;
            }, cancellationToken);
        }
    }
}

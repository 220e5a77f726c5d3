namespace Munshi.Audit.Verifying;

/// <summary>What a verification came to.</summary>
/// <param name="Id">Random.</param>
/// <param name="At">When it ended.</param>
/// <param name="Scope">All of the ledger and its records, or the rows that the server checks again and again.</param>
/// <param name="Entries">Rows read.</param>
/// <param name="Findings">How many differences there were.</param>
/// <param name="First">The first of them.</param>
internal sealed record VerificationRecord(Guid Id, DateTimeOffset At, VerificationScope Scope, long Entries, long Findings, LedgerFinding? First);

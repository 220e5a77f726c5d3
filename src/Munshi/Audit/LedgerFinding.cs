namespace Munshi.Audit;

/// <summary>One thing that is not as it must be.</summary>
/// <param name="Log">The log; null for the heads file itself.</param>
/// <param name="Seq">The row, where it lies in one.</param>
/// <param name="Kind">What is wrong.</param>
/// <param name="Expected">A hash, a number or a plain description, never personal data.</param>
/// <param name="Found">A hash, a number or a plain description, never personal data.</param>
internal sealed record LedgerFinding(Guid? Log, long? Seq, FindingKind Kind, string Expected, string Found);

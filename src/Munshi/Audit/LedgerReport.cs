namespace Munshi.Audit;

/// <summary>What the verifier says.</summary>
/// <param name="Logs">In the order of their ids.</param>
/// <param name="HeadsFileFindings">Findings of the heads file that belong to no log.</param>
/// <param name="InstanceFindings">Findings of the instance log, its key and its last checkpoint.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record LedgerReport(IReadOnlyList<LogReport> Logs, IReadOnlyList<LedgerFinding> HeadsFileFindings, IReadOnlyList<LedgerFinding> InstanceFindings, TimeSpan Duration)
{
    public bool IsOk => FirstBad is null;

    public long Entries => Logs.Sum(log => log.Entries);

    public long Pending => Logs.Sum(log => log.Pending);

    public long Erased => Logs.Sum(log => log.Erased);

    public long Lost => Logs.Sum(log => log.Lost);

    public IEnumerable<LedgerFinding> Findings => HeadsFileFindings.Concat(InstanceFindings).Concat(Logs.SelectMany(log => log.Findings));

    /// <summary>The first finding of the first log that has one.</summary>
    public LedgerFinding? FirstBad => Logs.SelectMany(log => log.Findings).Concat(HeadsFileFindings).Concat(InstanceFindings).FirstOrDefault();
}

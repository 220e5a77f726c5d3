namespace Munshi.Audit;

/// <summary>Collects the findings of one log: all are counted, the first of each kind are kept.</summary>
internal sealed class LedgerFindings(Guid? log)
{
    /// <summary>So many of a kind are kept.</summary>
    public const int KeptPerKind = 100;

    private readonly List<LedgerFinding> _kept = [];
    private readonly Dictionary<FindingKind, int> _keptOfKind = [];

    /// <summary>All, also those not kept.</summary>
    public long Count { get; private set; }

    public void Add(long? seq, FindingKind kind, string expected, string found)
    {
        Count++;
        int kept = _keptOfKind.GetValueOrDefault(kind);
        if (kept < KeptPerKind)
        {
            _keptOfKind[kind] = kept + 1;
            _kept.Add(new LedgerFinding(log, seq, kind, expected, found));
        }
    }

    /// <summary>Those kept, by row, those that lie in none last; before what follows from a changed row, which lies above many.</summary>
    public IReadOnlyList<LedgerFinding> InOrder() =>
        [.. _kept.OrderBy(f => f.Kind is FindingKind.Node or FindingKind.Checkpoint).ThenBy(f => f.Seq ?? long.MaxValue).ThenBy(f => f.Kind)];
}

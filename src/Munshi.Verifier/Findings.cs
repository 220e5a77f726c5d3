namespace Munshi.Verifier;

/// <summary>Collects findings: all are counted, the first of each kind are kept. Safe for concurrent use.</summary>
internal sealed class Findings
{
    /// <summary>So many of a kind are kept.</summary>
    public const int KeptPerKind = 100;

    private readonly Lock _lock = new();
    private readonly List<Finding> _kept = [];
    private readonly Dictionary<FindingKind, int> _keptOfKind = [];

    /// <summary>All, also those not kept.</summary>
    public long Count { get; private set; }

    public void Add(string file, long? seq, FindingKind kind, string expected, string found)
    {
        lock (_lock)
        {
            Count++;
            int kept = _keptOfKind.GetValueOrDefault(kind);
            if (kept < KeptPerKind)
            {
                _keptOfKind[kind] = kept + 1;
                _kept.Add(new Finding(file, seq, kind, expected, found));
            }
        }
    }

    /// <summary>Those kept, by entry, those that concern none last; before what follows from a changed entry, which lies above many.</summary>
    public IReadOnlyList<Finding> InOrder() =>
    [
        .. _kept.OrderBy(finding => finding.Kind is FindingKind.Node or FindingKind.Root).ThenBy(finding => finding.Seq ?? long.MaxValue)
            .ThenBy(finding => finding.Kind).ThenBy(finding => finding.File, StringComparer.Ordinal),
    ];
}

namespace Munshi.Audit;

/// <summary>What the verifier says of one log.</summary>
internal sealed record LogReport
{
    public required Guid Log { get; init; }

    /// <summary>The rows read.</summary>
    public required long Entries { get; init; }

    /// <summary>Events committed and not chained yet, also those within the allowance.</summary>
    public required long Pending { get; init; }

    /// <summary>Records destroyed under a recorded case. Always 0: no leaf tells of an erasure yet.</summary>
    public long Erased { get; init; }

    /// <summary>Rows whose event was lost in a recorded restore.</summary>
    public long Lost { get; init; }

    /// <summary>By row; of each kind at most <see cref="LedgerFindings.KeptPerKind"/>.</summary>
    public required IReadOnlyList<LedgerFinding> Findings { get; init; }

    /// <summary>All findings, also those not kept.</summary>
    public required long FindingCount { get; init; }
}

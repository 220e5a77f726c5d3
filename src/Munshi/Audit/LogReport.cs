namespace Munshi.Audit;

/// <summary>What the verifier says of one log.</summary>
internal sealed record LogReport
{
    public required Guid Log { get; init; }

    /// <summary>The rows read.</summary>
    public required long Entries { get; init; }

    /// <summary>Events committed and not chained yet, also those within the allowance.</summary>
    public required long Pending { get; init; }

    /// <summary>Records that are gone, or whose key is, under a recorded case.</summary>
    public long Erased { get; init; }

    /// <summary>Rows whose event was lost in a recorded restore, but for those whose record is erased.</summary>
    public long Lost { get; init; }

    /// <summary>Since when an archive is read into the workspace of which not all is there; null where none is.</summary>
    public DateTimeOffset? ArchiveBegun { get; init; }

    /// <summary>By row; of each kind at most <see cref="LedgerFindings.KeptPerKind"/>.</summary>
    public required IReadOnlyList<LedgerFinding> Findings { get; init; }

    /// <summary>All findings, also those not kept.</summary>
    public required long FindingCount { get; init; }
}

using Munshi.Ledger;

namespace Munshi.Audit.Verifying;

/// <summary>What a range's rows and events came to, to be joined with the ranges before it.</summary>
internal sealed class RangeResult(LogRange range)
{
    public LogRange Range => range;

    /// <summary>The rows' leaf hashes, in order.</summary>
    public List<Digest> Hashes { get; } = new(LogRange.Rows);

    public List<(long? Seq, FindingKind Kind, string Expected, string Found)> Findings { get; } = [];

    /// <summary>In any order.</summary>
    public List<Birth> Births { get; } = [];

    /// <summary>Rows whose event does not exist.</summary>
    public List<RowWithoutEvent> WithoutEvent { get; } = [];

    /// <summary>Events of which no row of the range tells.</summary>
    public List<long> WithoutRow { get; } = [];

    /// <summary>Leaves that tell of a restore: row, object and commitment.</summary>
    public List<(long Seq, string Target, byte[]? Commitment)> Restores { get; } = [];

    /// <summary>Leaves that tell of an erasure.</summary>
    public List<LedgerLeaf> Erasures { get; } = [];

    /// <summary>The first readable leaf's instant.</summary>
    public DateTimeOffset? FirstTime { get; set; }

    /// <summary>The last row, as stored; null where there is none.</summary>
    public (long Seq, Digest Hash)? Last { get; set; }

    /// <summary>Whether an event has a second row.</summary>
    public bool HasRepeated { get; set; }

    /// <summary>What the tree above the rows came to, if no row before is missing or too many; null where it must be gone through in order.</summary>
    public TreeRange? Tree { get; set; }
}

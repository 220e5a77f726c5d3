using Munshi.Ledger;

namespace Munshi.Audit;

/// <summary>How far a log has come: its last row's number and hash.</summary>
internal readonly record struct LogHead(long Seq, Digest RowHash)
{
    /// <summary>A log without rows: the next row is number 0 and names 32 zero bytes as previous.</summary>
    public static LogHead BeforeFirst { get; } = new(-1, Digest.Zero);
}

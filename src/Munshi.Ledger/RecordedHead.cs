using System.Globalization;
using System.Text;

namespace Munshi.Ledger;

/// <summary>One line of the heads file: how far a log had come, and its row hash there.</summary>
/// <param name="Time">When it was recorded: whole microseconds.</param>
/// <param name="Log">The log.</param>
/// <param name="Seq">The last row's sequence number.</param>
/// <param name="RowHash">The last row's hash.</param>
public sealed record RecordedHead(DateTimeOffset Time, Guid Log, long Seq, Digest RowHash)
{
    /// <summary>The longest line, its line feed left out, in bytes.</summary>
    public const int MaxLength = LedgerTime.Length + 1 + 36 + 1 + 19 + 1 + Digest.HexLength;

    /// <summary>The line, its line feed left out.</summary>
    public string Encode() =>
        string.Create(CultureInfo.InvariantCulture, $"{LedgerTime.Format(Time)} {Log:D} {Seq} {RowHash}");

    /// <summary>The head, or null where the line is not exactly one's encoding.</summary>
    /// <param name="line">Any bytes, the line feed left out.</param>
    public static RecordedHead? Parse(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxLength)
        {
            return null;
        }

        string[] fields = Encoding.ASCII.GetString(line).Split(' ');
        if (fields.Length != 4
            || !LedgerTime.TryParse(Encoding.ASCII.GetBytes(fields[0]), out DateTimeOffset time)
            || !Guid.TryParseExact(fields[1], "D", out Guid log)
            || !long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
            || !Digest.TryParse(Encoding.ASCII.GetBytes(fields[3]), out Digest rowHash))
        {
            return null;
        }

        RecordedHead head = new(time, log, seq, rowHash);
        return line.SequenceEqual(Encoding.ASCII.GetBytes(head.Encode())) ? head : null;
    }
}

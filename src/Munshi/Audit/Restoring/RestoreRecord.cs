using System.Globalization;
using System.Text;
using Munshi.Ledger;
using Munshi.Ledger.Notes;

namespace Munshi.Audit.Restoring;

/// <summary>What the ceremony says of rows that it put back; the installation's key signs it. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Range">The rows.</param>
/// <param name="Hash">The last row's hash.</param>
/// <param name="Covered">Rows of the log below this number were covered by the checkpoint; of those from it on no signature tells.</param>
/// <param name="At">Whole microseconds.</param>
/// <param name="Signed">The instance log's checkpoint that was signed last before the restore.</param>
internal sealed record RestoreRecord(RestoredRange Range, Digest Hash, long Covered, DateTimeOffset At, Checkpoint Signed)
{
    private const string Version = "munshi-restore-record/1";

    private static readonly string[] Names = ["log ", "id ", "first ", "last ", "hash ", "covered ", "time ", "origin ", "size ", "root "];

    /// <summary>How many of the range's rows no signature covers.</summary>
    public long Uncovered => Math.Clamp(Range.Last + 1 - Covered, 0, Range.Last + 1 - Range.First);

    /// <summary>UTF-8, every line ended by a line feed.</summary>
    public byte[] Encode() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Version}\nlog {Range.Log:D}\nid {Range.Id:D}\nfirst {Range.First}\nlast {Range.Last}\nhash {Hash}\ncovered {Covered}\ntime {LedgerTime.Format(At)}\norigin {Signed.Origin}\nsize {Signed.Size}\nroot {Signed.Root}\n"));

    /// <summary>The record, or null where the bytes are not exactly one's encoding.</summary>
    public static RestoreRecord? Parse(ReadOnlySpan<byte> text)
    {
        string[] lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length != Names.Length + 2 || lines[0] != Version || Names.Where((name, i) => !lines[i + 1].StartsWith(name, StringComparison.Ordinal)).Any())
        {
            return null;
        }

        string[] values = [.. Names.Select((name, i) => lines[i + 1][name.Length..])];
        return Guid.TryParseExact(values[0], "D", out Guid log)
            && Guid.TryParseExact(values[1], "D", out Guid id)
            && Number(values[2], out long first)
            && Number(values[3], out long last)
            && Digest.TryParse(Encoding.ASCII.GetBytes(values[4]), out Digest hash)
            && Number(values[5], out long covered)
            && LedgerTime.TryParse(Encoding.ASCII.GetBytes(values[6]), out DateTimeOffset at)
            && KeyName.IsValid(values[7])
            && Number(values[8], out long size)
            && size > 0
            && Digest.TryParse(Encoding.ASCII.GetBytes(values[9]), out Digest root)
            && new RestoreRecord(new RestoredRange(log, id, first, last), hash, covered, at, new Checkpoint(values[7], size, root)) is var read
            && text.SequenceEqual(read.Encode())
                ? read
                : null;
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

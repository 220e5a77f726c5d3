using System.Globalization;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Audit.Checkpoints;

/// <summary>A leaf of the instance log in a tick's place: from here on the log has another name, because leaves signed under the one before are lost. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Origin">The name from here on.</param>
/// <param name="Seq">The leaf's place.</param>
/// <param name="Time">Whole microseconds.</param>
/// <param name="Before">The name before.</param>
/// <param name="Size">Of the last checkpoint that was signed under it.</param>
/// <param name="Root">That checkpoint's.</param>
/// <param name="Previous">The leaf hash of the leaf before; <see cref="Digest.Zero"/> for the first.</param>
internal sealed record OriginLeaf(string Origin, long Seq, DateTimeOffset Time, string Before, long Size, Digest Root, Digest Previous)
{
    private const string Version = "munshi-origin/1";

    private static readonly string[] Names = ["origin ", "seq ", "time ", "before ", "size ", "root ", "previous "];

    /// <summary>ASCII, every line ended by a line feed.</summary>
    public byte[] Encode() => Encoding.ASCII.GetBytes(ToString());

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Version}\norigin {Origin}\nseq {Seq}\ntime {LedgerTime.Format(Time)}\nbefore {Before}\nsize {Size}\nroot {Root}\nprevious {Previous}\n");

    /// <summary>The leaf, or null where the bytes are not exactly one's encoding.</summary>
    public static OriginLeaf? Parse(ReadOnlySpan<byte> leaf)
    {
        string[] lines = Encoding.ASCII.GetString(leaf).Split('\n');
        if (lines.Length != Names.Length + 2 || lines[0] != Version || Names.Where((name, i) => !lines[i + 1].StartsWith(name, StringComparison.Ordinal)).Any())
        {
            return null;
        }

        string[] values = [.. Names.Select((name, i) => lines[i + 1][name.Length..])];
        return long.TryParse(values[1], NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
            && LedgerTime.TryParse(Encoding.ASCII.GetBytes(values[2]), out DateTimeOffset time)
            && long.TryParse(values[4], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && Digest.TryParse(Encoding.ASCII.GetBytes(values[5]), out Digest root)
            && Digest.TryParse(Encoding.ASCII.GetBytes(values[6]), out Digest previous)
            && new OriginLeaf(values[0], seq, time, values[3], size, root, previous) is var read
            && leaf.SequenceEqual(read.Encode())
                ? read
                : null;
    }
}

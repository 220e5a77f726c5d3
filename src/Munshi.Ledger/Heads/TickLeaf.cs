using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Heads;

/// <summary>A leaf of the instance log: where all logs stood at one moment, told to nobody who was not given an opening. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Origin">The instance log's: no space, no line feed.</param>
/// <param name="Seq">The leaf's place, from 0.</param>
/// <param name="Time">Whole microseconds.</param>
/// <param name="Heads">The root of the tick's <see cref="HeadsTree"/>.</param>
/// <param name="Previous">The leaf hash of the tick before; <see cref="Digest.Zero"/> for the first.</param>
public sealed record TickLeaf(string Origin, long Seq, DateTimeOffset Time, Digest Heads, Digest Previous)
{
    /// <summary>The longest leaf a reader accepts, in bytes.</summary>
    public const int MaxLength = 2048;

    private const string Version = "munshi-tick/1";

    private static readonly string[] Names = ["origin ", "seq ", "time ", "heads ", "previous "];

    /// <summary>ASCII, every line ended by a line feed.</summary>
    public byte[] Encode() => Encoding.ASCII.GetBytes(ToString());

    /// <summary>The encoded leaf.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Version}\norigin {Origin}\nseq {Seq}\ntime {LedgerTime.Format(Time)}\nheads {Heads}\nprevious {Previous}\n");

    /// <summary>The leaf, or null where the bytes are not exactly one's encoding.</summary>
    public static TickLeaf? Parse(ReadOnlySpan<byte> leaf)
    {
        if (leaf.Length > MaxLength || leaf.ContainsAnyExceptInRange((byte)'\n', (byte)'~'))
        {
            return null;
        }

        string[] lines = Encoding.ASCII.GetString(leaf).Split('\n');
        if (lines.Length != Names.Length + 2 || lines[0] != Version)
        {
            return null;
        }

        string[] values = new string[Names.Length];
        for (int i = 0; i < Names.Length; i++)
        {
            if (!lines[i + 1].StartsWith(Names[i], StringComparison.Ordinal))
            {
                return null;
            }

            values[i] = lines[i + 1][Names[i].Length..];
        }

        if (values[0].Length == 0 || values[0].Contains(' ')
            || !long.TryParse(values[1], NumberStyles.None, CultureInfo.InvariantCulture, out long seq)
            || !LedgerTime.TryParse(Encoding.ASCII.GetBytes(values[2]), out DateTimeOffset time)
            || !Digest.TryParse(Encoding.ASCII.GetBytes(values[3]), out Digest heads)
            || !Digest.TryParse(Encoding.ASCII.GetBytes(values[4]), out Digest previous))
        {
            return null;
        }

        TickLeaf tick = new(values[0], seq, time, heads, previous);
        return leaf.SequenceEqual(tick.Encode()) ? tick : null;
    }
}

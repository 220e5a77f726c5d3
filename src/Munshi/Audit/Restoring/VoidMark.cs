using System.Globalization;
using System.Text;

namespace Munshi.Audit.Restoring;

/// <summary>A record among the kept leaves: those of a log that were kept before it, from a row on, are no part of the log any more.</summary>
internal sealed record VoidMark(Guid Log, long From)
{
    private const string Version = "munshi-void/1";

    public byte[] Encode() => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Version}\nlog {Log:D}\nfrom {From}\n"));

    /// <summary>The mark, or null where the bytes are not exactly one's encoding.</summary>
    public static VoidMark? Parse(ReadOnlySpan<byte> kept) =>
        Encoding.ASCII.GetString(kept).Split('\n') is [Version, ['l', 'o', 'g', ' ', .. string log], ['f', 'r', 'o', 'm', ' ', .. string from], ""]
        && Guid.TryParseExact(log, "D", out Guid id)
        && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out long row)
        && new VoidMark(id, row) is var read
        && kept.SequenceEqual(read.Encode())
            ? read
            : null;
}

using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Archives;

/// <summary>What the installation says of a workspace's archive that it wrote, and signs. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Log">The workspace.</param>
/// <param name="At">When it was asked for, whole microseconds.</param>
/// <param name="Files">How many files the manifest names.</param>
/// <param name="Hash">SHA-256 of the manifest.</param>
public sealed record ArchiveSeal(Guid Log, DateTimeOffset At, long Files, Digest Hash)
{
    private const string Version = "munshi-archive/1";

    private static readonly string[] Names = ["log ", "time ", "files ", "sha256 "];

    /// <summary>ASCII, every line ended by a line feed.</summary>
    public byte[] Encode() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Version}\nlog {Log:D}\ntime {LedgerTime.Format(At)}\nfiles {Files}\nsha256 {Hash}\n"));

    /// <summary>The seal, or null where the bytes are not exactly one's encoding.</summary>
    public static ArchiveSeal? Parse(ReadOnlySpan<byte> text)
    {
        string[] lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length != Names.Length + 2 || lines[0] != Version || Names.Where((name, i) => !lines[i + 1].StartsWith(name, StringComparison.Ordinal)).Any())
        {
            return null;
        }

        byte[][] values = [.. Names.Select((name, i) => Encoding.UTF8.GetBytes(lines[i + 1][name.Length..]))];
        return Guid.TryParseExact(Encoding.UTF8.GetString(values[0]), "D", out Guid log)
            && LedgerTime.TryParse(values[1], out DateTimeOffset at)
            && CanonicalDecimal.TryParse(values[2], out long files)
            && Digest.TryParse(values[3], out Digest hash)
            && new ArchiveSeal(log, at, files, hash) is var read
            && text.SequenceEqual(read.Encode())
                ? read
                : null;
    }
}

using System.Globalization;
using System.Text;
using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>A line of <c>restores.jsonl</c>: a range of entries, or an origin leaf.</summary>
/// <param name="Seq">The entry that commits to it.</param>
/// <param name="First">The range's first entry.</param>
/// <param name="Last">The range's last entry; below <paramref name="First"/> beside an origin leaf.</param>
/// <param name="Origin">The origin leaf; null for a range.</param>
internal sealed record RestoreLine(long Seq, long First, long Last, byte[]? Origin)
{
    /// <summary>What the entry's commitment is the SHA-256 of.</summary>
    public byte[] Told(Guid log) => Origin ?? Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"munshi-restore/1\nlog {log}\nfirst {First}\nlast {Last}\n"));

    /// <summary>The line, or null where the bytes are not exactly one's encoding.</summary>
    public static RestoreLine? Parse(ReadOnlySpan<byte> line)
    {
        if (RecordLine.SeqOf(line) is not { } seq)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = line[(line.IndexOf((byte)',') + 1)..];
        if (Within(rest, "\"origin\":\""u8, "\"}"u8, out ReadOnlySpan<byte> origin))
        {
            return CanonicalBase64.TryDecode(origin, out byte[]? leaf) ? new RestoreLine(seq, 0, -1, leaf) : null;
        }

        int comma = rest.IndexOf((byte)',');
        return comma >= 0
            && Within(rest[..comma], "\"first\":"u8, ""u8, out ReadOnlySpan<byte> first) && CanonicalDecimal.TryParse(first, out long from)
            && Within(rest[comma..], ",\"last\":"u8, "}"u8, out ReadOnlySpan<byte> last) && CanonicalDecimal.TryParse(last, out long to)
            && from <= to
                ? new RestoreLine(seq, from, to, null)
                : null;
    }

    private static bool Within(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, out ReadOnlySpan<byte> between)
    {
        bool isWithin = text.Length >= before.Length + after.Length && text.StartsWith(before) && text.EndsWith(after);
        between = isWithin ? text[before.Length..^after.Length] : default;
        return isWithin;
    }
}

using Munshi.Ledger;

namespace Munshi.Verifier;

/// <summary>A line of <c>erasures.jsonl</c>.</summary>
/// <param name="Seq">The entry that commits to it.</param>
/// <param name="Note">What should be a signed note.</param>
internal sealed record ErasureLine(long Seq, byte[] Note)
{
    /// <summary>The line, or null where the bytes are not exactly one's encoding.</summary>
    public static ErasureLine? Parse(ReadOnlySpan<byte> line)
    {
        if (RecordLine.SeqOf(line) is not { } seq)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = line[(line.IndexOf((byte)',') + 1)..];
        ReadOnlySpan<byte> before = "\"note\":\""u8;
        ReadOnlySpan<byte> after = "\"}"u8;
        return rest.Length >= before.Length + after.Length && rest.StartsWith(before) && rest.EndsWith(after)
            && CanonicalBase64.TryDecode(rest[before.Length..^after.Length], out byte[]? note)
                ? new ErasureLine(seq, note)
                : null;
    }
}

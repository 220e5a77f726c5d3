using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Transcripts;

/// <summary>What the installation says of a transcript that it wrote, and signs. Byte for byte in <c>docs/data-format.md</c>.</summary>
/// <param name="Log">The workspace.</param>
/// <param name="Conversation">Whose messages they are.</param>
/// <param name="At">When it was made, whole microseconds.</param>
/// <param name="Messages">How many stand in it.</param>
/// <param name="Bytes">How many bytes stand before the seal.</param>
/// <param name="Hash">Their SHA-256.</param>
public sealed record TranscriptSeal(Guid Log, Guid Conversation, DateTimeOffset At, long Messages, long Bytes, Digest Hash)
{
    private const string Version = "munshi-transcript/1";

    private static readonly string[] Names = ["log ", "conversation ", "time ", "messages ", "bytes ", "sha256 "];

    /// <summary>ASCII, every line ended by a line feed.</summary>
    public byte[] Encode() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Version}\nlog {Log:D}\nconversation {Conversation:D}\ntime {LedgerTime.Format(At)}\nmessages {Messages}\nbytes {Bytes}\nsha256 {Hash}\n"));

    /// <summary>The seal, or null where the bytes are not exactly one's encoding.</summary>
    public static TranscriptSeal? Parse(ReadOnlySpan<byte> text)
    {
        string[] lines = Encoding.UTF8.GetString(text).Split('\n');
        if (lines.Length != Names.Length + 2 || lines[0] != Version || Names.Where((name, i) => !lines[i + 1].StartsWith(name, StringComparison.Ordinal)).Any())
        {
            return null;
        }

        string[] values = [.. Names.Select((name, i) => lines[i + 1][name.Length..])];
        return Guid.TryParseExact(values[0], "D", out Guid log)
            && Guid.TryParseExact(values[1], "D", out Guid conversation)
            && LedgerTime.TryParse(Encoding.UTF8.GetBytes(values[2]), out DateTimeOffset at)
            && CanonicalDecimal.TryParse(Encoding.UTF8.GetBytes(values[3]), out long messages)
            && CanonicalDecimal.TryParse(Encoding.UTF8.GetBytes(values[4]), out long bytes)
            && Digest.TryParse(Encoding.UTF8.GetBytes(values[5]), out Digest hash)
            && new TranscriptSeal(log, conversation, at, messages, bytes, hash) is var read
            && text.SequenceEqual(read.Encode())
                ? read
                : null;
    }
}

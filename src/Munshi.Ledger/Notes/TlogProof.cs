using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>The proof that an entry is in a log, for checking offline (C2SP tlog-proof, file name extension <c>.tlog-proof</c>).</summary>
public sealed class TlogProof
{
    /// <summary>The longest file, in bytes.</summary>
    public const int MaxLength = 2 * SignedNote.MaxLength;

    private const string Header = "c2sp.org/tlog-proof@v1";

    /// <param name="index">Not negative.</param>
    /// <param name="hashes">At most 63.</param>
    /// <param name="note">A checkpoint, signed.</param>
    /// <param name="extra">Not authenticated; empty where there is none.</param>
    /// <exception cref="ArgumentException">One of them is not of its form, or all together are too long.</exception>
    public TlogProof(long index, IReadOnlyList<Digest> hashes, SignedNote note, ReadOnlyMemory<byte> extra)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Index = index;
        Hashes = HashLines.Require(hashes, nameof(hashes));
        Note = note;
        Checkpoint = CheckpointNote.Require(note, nameof(note));
        Extra = extra;
        if (Encode().Length > MaxLength)
        {
            throw new ArgumentException($"A proof has at most {MaxLength} bytes.", nameof(extra));
        }
    }

    /// <summary>The entry's place in the log, from 0. That it is below the checkpoint's size is for the tree to say.</summary>
    public long Index { get; }

    /// <summary>The path from the leaf's sibling to the root's child, 0 to 63 hashes.</summary>
    public IReadOnlyList<Digest> Hashes { get; }

    public SignedNote Note { get; }

    /// <summary>What the note's text says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Bytes of the application's, empty where there are none. No signature covers them.</summary>
    public ReadOnlyMemory<byte> Extra { get; }

    /// <summary>Any bytes: a canonical proof, or the reason why they are none.</summary>
    public static TlogProofParse Parse(ReadOnlySpan<byte> file)
    {
        if (file.Length > MaxLength)
        {
            return Refuse($"longer than {MaxLength} bytes");
        }

        if (!NoteText.TryTakeLine(ref file, out ReadOnlySpan<byte> line) || !Ascii.Equals(line, Header))
        {
            return Refuse($"the first line is not {Header}");
        }

        bool hasLine = NoteText.TryTakeLine(ref file, out line);
        byte[]? extra = [];
        if (hasLine && line.StartsWith("extra "u8))
        {
            if (!CanonicalBase64.TryDecode(line["extra ".Length..], out extra) || extra.Length == 0)
            {
                return Refuse("the extra data is empty or not canonical base64");
            }

            hasLine = NoteText.TryTakeLine(ref file, out line);
        }

        if (!hasLine || !line.StartsWith("index "u8))
        {
            return Refuse("the line 'index' is not where it belongs");
        }

        if (!CanonicalDecimal.TryParse(line["index ".Length..], out long index))
        {
            return Refuse("the index is not a canonical number up to 2^63-1");
        }

        List<Digest> hashes = [];
        if (HashLines.Take(ref file, hashes) is { } refusal)
        {
            return Refuse(refusal);
        }

        return CheckpointNote.Read(file, out SignedNote? note) is { } reason
            ? Refuse(reason)
            : new TlogProofParse.Parsed(new TlogProof(index, hashes, note!, extra));
    }

    public byte[] Encode()
    {
        StringBuilder head = new();
        head.Append(Header).Append('\n');
        if (!Extra.IsEmpty)
        {
            head.Append("extra ").Append(Convert.ToBase64String(Extra.Span)).Append('\n');
        }

        head.Append(CultureInfo.InvariantCulture, $"index {Index}\n");
        HashLines.Write(head, Hashes);
        return [.. Encoding.ASCII.GetBytes(head.ToString()), .. Note.Encode()];
    }

    private static TlogProofParse.Refused Refuse(string reason) => new(reason);
}

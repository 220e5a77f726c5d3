using System.Globalization;
using System.Text;

namespace Munshi.Ledger.Notes;

/// <summary>The body of <c>add-checkpoint</c> (C2SP tlog-witness): the size the witness cosigned last, the proof from there, the new checkpoint.</summary>
public sealed class AddCheckpointRequest
{
    /// <summary>The longest body, in bytes: first line, 63 hashes, the empty line and a note.</summary>
    public const int MaxLength = 24 + (HashLines.MaxCount * (Digest.Base64Length + 1)) + 1 + SignedNote.MaxLength;

    /// <param name="oldSize">Not negative.</param>
    /// <param name="proof">At most 63 hashes.</param>
    /// <param name="note">A checkpoint, signed.</param>
    /// <exception cref="ArgumentException">One of them is not of its form.</exception>
    public AddCheckpointRequest(long oldSize, IReadOnlyList<Digest> proof, SignedNote note)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        OldSize = oldSize;
        Proof = HashLines.Require(proof, nameof(proof));
        Note = note;
        Checkpoint = CheckpointNote.Require(note, nameof(note));
    }

    /// <summary>What the log believes that the witness cosigned last; 0 if nothing.</summary>
    public long OldSize { get; }

    /// <summary>Consistency of <see cref="OldSize"/> and the checkpoint's size, 0 to 63 hashes.</summary>
    public IReadOnlyList<Digest> Proof { get; }

    public SignedNote Note { get; }

    /// <summary>What the note's text says.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>Any bytes: a canonical request, or the reason why they are none.</summary>
    public static AddCheckpointParse Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length > MaxLength)
        {
            return Refuse($"longer than {MaxLength} bytes");
        }

        if (!NoteText.TryTakeLine(ref body, out ReadOnlySpan<byte> first) || !first.StartsWith("old "u8))
        {
            return Refuse("the first line is not 'old' and a size");
        }

        if (!CanonicalDecimal.TryParse(first["old ".Length..], out long oldSize))
        {
            return Refuse("the old size is not a canonical number up to 2^63-1");
        }

        List<Digest> proof = [];
        if (HashLines.Take(ref body, proof) is { } refusal)
        {
            return Refuse(refusal);
        }

        return CheckpointNote.Read(body, out SignedNote? note, out bool isOfEmptyTree) is { } reason
            ? Refuse(reason) with { IsOfEmptyTree = isOfEmptyTree }
            : new AddCheckpointParse.Parsed(new AddCheckpointRequest(oldSize, proof, note!));
    }

    public byte[] Encode()
    {
        StringBuilder head = new();
        head.Append(CultureInfo.InvariantCulture, $"old {OldSize}\n");
        HashLines.Write(head, Proof);
        return [.. Encoding.ASCII.GetBytes(head.ToString()), .. Note.Encode()];
    }

    private static AddCheckpointParse.Refused Refuse(string reason) => new(reason);
}

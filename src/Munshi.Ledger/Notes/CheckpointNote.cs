namespace Munshi.Ledger.Notes;

/// <summary>A signed note whose text is a checkpoint.</summary>
internal static class CheckpointNote
{
    /// <returns>The first rule that the bytes break, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, out SignedNote? note)
    {
        note = null;
        switch (SignedNote.Parse(bytes))
        {
            case SignedNoteParse.Refused refused:
                return $"the note: {refused.Reason}";
            case SignedNoteParse.Parsed parsed:
                note = parsed.Note;
                break;
        }

        return Checkpoint.Parse(note!.Text.Span) is CheckpointParse.Refused noCheckpoint ? $"the checkpoint: {noCheckpoint.Reason}" : null;
    }

    /// <exception cref="ArgumentException">The note's text is no checkpoint.</exception>
    public static Checkpoint Require(SignedNote note, string parameter) => Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed parsed
        ? parsed.Checkpoint
        : throw new ArgumentException("The note is no checkpoint.", parameter);
}

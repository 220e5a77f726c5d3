namespace Munshi.Ledger.Notes;

/// <summary>A signed note whose text is a checkpoint.</summary>
internal static class CheckpointNote
{
    /// <returns>The first rule that the bytes break, or null.</returns>
    public static string? Read(ReadOnlySpan<byte> bytes, out SignedNote? note) => Read(bytes, out note, out _);

    /// <returns>The first rule that the bytes break, or null.</returns>
    /// <param name="bytes">Any.</param>
    /// <param name="note">What they are, if their form is a note's.</param>
    /// <param name="isOfEmptyTree">Whether the rule is that of the empty tree's root.</param>
    public static string? Read(ReadOnlySpan<byte> bytes, out SignedNote? note, out bool isOfEmptyTree)
    {
        note = null;
        isOfEmptyTree = false;
        switch (SignedNote.Parse(bytes))
        {
            case SignedNoteParse.Refused refused:
                return $"the note: {refused.Reason}";
            case SignedNoteParse.Parsed parsed:
                note = parsed.Note;
                break;
        }

        if (Checkpoint.Parse(note!.Text.Span) is not CheckpointParse.Refused noCheckpoint)
        {
            return null;
        }

        isOfEmptyTree = noCheckpoint.IsOfEmptyTree;
        return $"the checkpoint: {noCheckpoint.Reason}";
    }

    /// <exception cref="ArgumentException">The note's text is no checkpoint.</exception>
    public static Checkpoint Require(SignedNote note, string parameter) => Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed parsed
        ? parsed.Checkpoint
        : throw new ArgumentException("The note is no checkpoint.", parameter);
}

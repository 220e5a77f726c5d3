using Munshi.Ledger.Notes;

namespace Munshi.Audit.Witnesses;

/// <summary>A checkpoint of the instance log that stands in the database, or the empty tree's.</summary>
/// <param name="Note">Signed by the log.</param>
/// <param name="Checkpoint">What it says.</param>
internal sealed record PublishedNote(SignedNote Note, Checkpoint Checkpoint)
{
    /// <exception cref="ArgumentException">The bytes are no signed checkpoint.</exception>
    public static PublishedNote Of(ReadOnlySpan<byte> note) =>
        SignedNote.Parse(note) is SignedNoteParse.Parsed parsed ? Of(parsed.Note) : throw new ArgumentException("Not a signed note.", nameof(note));

    /// <exception cref="ArgumentException">The note is no checkpoint.</exception>
    public static PublishedNote Of(SignedNote note) => Checkpoint.Parse(note.Text.Span) is CheckpointParse.Parsed parsed
        ? new PublishedNote(note, parsed.Checkpoint)
        : throw new ArgumentException("Not a checkpoint.", nameof(note));
}

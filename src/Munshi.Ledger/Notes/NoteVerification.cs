namespace Munshi.Ledger.Notes;

/// <summary>Whether a note is signed by keys that one knows.</summary>
public abstract record NoteVerification
{
    private NoteVerification()
    {
    }

    /// <param name="Signatures">At least one, a line each in the note's order; a key stands in it once. Lines of unknown keys are left out.</param>
    public sealed record Verified(IReadOnlyList<VerifiedSignature> Signatures) : NoteVerification;

    /// <param name="Reason">Names the rule, never the value.</param>
    public sealed record Refused(string Reason) : NoteVerification;
}

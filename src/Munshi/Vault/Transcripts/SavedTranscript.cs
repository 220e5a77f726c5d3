namespace Munshi.Vault.Transcripts;

/// <summary>That a conversation was saved as a file.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="By">A person's name; null where they are no member any more.</param>
/// <param name="Messages">How many messages it held.</param>
public sealed record SavedTranscript(DateTimeOffset At, string? By, long Messages)
{
    public override string ToString() => nameof(SavedTranscript);
}

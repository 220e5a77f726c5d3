namespace Munshi.Vault.Transcripts;

/// <summary>What the page says before a conversation is saved.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="DisplayName">What the customer is called by.</param>
/// <param name="Messages">How many messages it has now.</param>
/// <param name="Saved">The newest first, twenty at most.</param>
public sealed record TranscriptView(Guid ConversationId, string DisplayName, long Messages, IReadOnlyList<SavedTranscript> Saved)
{
    /// <summary>Why it was not saved just now: no checkpoint was signed yet, or not with the key that lies here.</summary>
    public bool IsUnsigned { get; init; }

    public override string ToString() => $"{nameof(TranscriptView)} {ConversationId}";
}

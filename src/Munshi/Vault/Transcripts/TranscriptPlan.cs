using Munshi.Audit.Checkpoints;
using Munshi.Ledger.Notes;

namespace Munshi.Vault.Transcripts;

/// <summary>What a transcript will be of.</summary>
internal sealed record TranscriptPlan
{
    public required Guid ConversationId { get; init; }

    public required ContactLabel Contact { get; init; }

    /// <summary>The same customer's conversation from before they were known to be one; null where there is none.</summary>
    public required Guid? Earlier { get; init; }

    /// <summary>The conversation in which the same customer's newer messages stand; null where there is none.</summary>
    public required Guid? GoesOnIn { get; init; }

    /// <summary>When it was asked for, whole microseconds.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How many messages there were then.</summary>
    public required long Messages { get; init; }

    /// <summary>The last one's place; null where there is none.</summary>
    public required PageCursor? Last { get; init; }

    /// <summary>What the proofs lead to.</summary>
    public required StoredCheckpoint Checkpoint { get; init; }

    /// <summary>The checkpoint's key, which signs the transcript too.</summary>
    public required VerifierKey Key { get; init; }

    public override string ToString() => $"{nameof(TranscriptPlan)} {ConversationId}";
}

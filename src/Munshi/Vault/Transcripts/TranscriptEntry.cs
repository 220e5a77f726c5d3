using Munshi.Audit;
using Munshi.Audit.Proving;
using Munshi.Media.Serving;

namespace Munshi.Vault.Transcripts;

/// <summary>One message for a transcript, with all that is told of it.</summary>
internal sealed record TranscriptEntry
{
    /// <summary>From 1.</summary>
    public required long Number { get; init; }

    public required MessageRow Row { get; init; }

    /// <summary>Who wrote it, in the reader's language or by name.</summary>
    public required string Author { get; init; }

    /// <summary>The message that it answers, changes, deletes or reacts to; null where it is not known here.</summary>
    public MessagePoint? Target { get; init; }

    /// <summary>When its writer changed it last; null where that did not happen.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>When it, or the message whose new words it is, was deleted for everyone: its words are left out.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public KeptFile? File { get; init; }

    public KeptPicture? Picture { get; init; }

    /// <summary>Null where the checkpoint does not cover it.</summary>
    public SignedEntry? Entry { get; init; }

    /// <summary>Null where its row could not be read.</summary>
    public OpenedRecord? Opened { get; init; }

    public override string ToString() => $"{nameof(TranscriptEntry)} {Row.Id}";
}

using Munshi.Vault.Labels;

namespace Munshi.Vault.Pages;

/// <summary>One conversation in the inbox.</summary>
public sealed record InboxRow
{
    public required Guid ConversationId { get; init; }

    /// <summary>A name, or a number masked already.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The beginning of the last message's text; absent where it has none.</summary>
    public string? Snippet { get; init; }

    /// <summary>Why there is no snippet where there was one.</summary>
    public WordsLoss SnippetLoss { get; init; }

    /// <summary>The last message's kind, as in <see cref="MessageView.Kind"/>; named where there is no snippet.</summary>
    public string SnippetKind { get; init; } = MessageKinds.Text;

    public MessageAuthor SnippetFrom { get; init; }

    /// <summary>When something was said last.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>What the list is sorted by: <see cref="LastAt"/>, or later, when it came back.</summary>
    public required DateTimeOffset ShownAt { get; init; }

    /// <summary>It was put off, came back by itself, and nothing was said since.</summary>
    public bool CameBack { get; init; }

    public int Unread { get; init; }

    public required OwnerKind Owner { get; init; }

    /// <summary>The person who answers, where <see cref="Owner"/> is <see cref="OwnerKind.Person"/>.</summary>
    public string? OwnerName { get; init; }

    /// <summary>The end of WhatsApp's 24-hour service window; absent if the customer never wrote.</summary>
    public DateTimeOffset? WindowUntil { get; init; }

    public bool OptedOut { get; init; }

    /// <summary>Set while the conversation is put off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>What it wears.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];
}

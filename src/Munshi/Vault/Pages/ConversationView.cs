using Munshi.Vault.Fields;
using Munshi.Vault.Labels;

namespace Munshi.Vault.Pages;

/// <summary>One conversation with its newest messages.</summary>
public sealed record ConversationView
{
    public required Guid ConversationId { get; init; }

    /// <summary>A name, or a number masked already.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Absent where <see cref="DisplayName"/> is the number.</summary>
    public string? MaskedNumber { get; init; }

    public required OwnerKind Owner { get; init; }

    public string? OwnerName { get; init; }

    public bool OwnedByViewer { get; init; }

    /// <summary>The other members who do not have it already, by name.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];

    /// <summary>The fencing number of the owner; a form made under an older one is refused.</summary>
    public required long OwnerEpoch { get; init; }

    /// <summary>How many messages the customer has written, as of this view.</summary>
    public long InboundCount { get; init; }

    /// <summary>How many of them nobody had seen before.</summary>
    public long Unread { get; init; }

    /// <summary>The end of WhatsApp's 24-hour service window; absent if the customer never wrote.</summary>
    public DateTimeOffset? WindowUntil { get; init; }

    public bool OptedOut { get; init; }

    /// <summary>The customer switched marketing messages off in WhatsApp.</summary>
    public bool MarketingStopped { get; init; }

    /// <summary>The conversation in which the same customer's newer messages stand.</summary>
    public Guid? SupersededBy { get; init; }

    /// <summary>An earlier conversation of the same customer, from before they were known to be one.</summary>
    public Guid? Superseded { get; init; }

    /// <summary>Whether its customer was made of two, or separated from another.</summary>
    public bool HasContactHistory { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<MessageView> Messages { get; init; }

    /// <summary>The first message the viewer has not seen; a line stands above it.</summary>
    public Guid? FirstUnread { get; init; }

    /// <summary>The value of <c>?before=</c> that leads to older messages; absent at the beginning.</summary>
    public string? OlderCursor { get; init; }

    /// <summary>Why people have the conversation; absent where Munshi did not hand it over, or answers.</summary>
    public HandOffView? HandOff { get; init; }

    public Standing Standing { get; init; }

    /// <summary>Set while it is put off.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>What it wears.</summary>
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>The workspace's labels, by name.</summary>
    public IReadOnlyList<Label> AllLabels { get; init; } = [];

    /// <summary>What stands between the messages; oldest first.</summary>
    public IReadOnlyList<ThreadAside> Asides { get; init; } = [];

    /// <summary>What is noted of the customer; one for each field of the workspace.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>What was to be noted and was not; absent where nothing was.</summary>
    public (Guid FieldId, string Text)? FieldText { get; init; }

    /// <summary>New for each rendering; the same one writes no second note.</summary>
    public Guid NoteId { get; init; }

    /// <summary>The note that was not kept, as it was written; absent where none was to be.</summary>
    public string? NoteText { get; init; }

    public ReplyHindrance Hindrance { get; init; }

    public bool CanReply => Hindrance is ReplyHindrance.None;

    /// <summary>New for each rendering; the same key never sends twice.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The same for a file that is sent from this page.</summary>
    public required string FileKey { get; init; }

    public ConversationNotice Notice { get; init; }

    /// <summary>Set in the answer to an act that can be taken back.</summary>
    public UndoOffer? Undo { get; init; }

    /// <summary>What may be sent at any time.</summary>
    public IReadOnlyList<TemplateOption> Templates { get; init; } = [];

    /// <summary>The one that is being filled in.</summary>
    public TemplateForm? Template { get; init; }

    /// <summary>What the reply will quote.</summary>
    public QuotingView? Quoting { get; init; }

    /// <summary>What the viewer wrote under a file that was not sent; absent where no file was to be sent.</summary>
    public string? FileCaption { get; init; }

    /// <summary>What the viewer wrote, shown again when it was not sent.</summary>
    public string? ReplyText { get; init; }
}

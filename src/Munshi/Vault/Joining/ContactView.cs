using Munshi.Vault.Pages;

namespace Munshi.Vault.Joining;

/// <summary>Who a conversation is with: identifiers, how they came together, and whom they may be one with.</summary>
public sealed record ContactView
{
    public required Guid ConversationId { get; init; }

    /// <summary>A name, or a number masked already.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Absent where <see cref="DisplayName"/> is the number.</summary>
    public string? MaskedNumber { get; init; }

    public bool OptedOut { get; init; }

    /// <summary>What forms made from this view say that they saw.</summary>
    public required ContactVersion Version { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<KnownAs> Identifiers { get; init; }

    /// <summary>Newest first.</summary>
    public required IReadOnlyList<ContactEvent> History { get; init; }

    /// <summary>The conversations that go on, newest first.</summary>
    public required IReadOnlyList<ContactConversation> Conversations { get; init; }

    /// <summary>New for each rendering; the same one is done once.</summary>
    public required Guid NextEventId { get; init; }

    /// <summary>What was just done.</summary>
    public ContactEventKind? Done { get; init; }

    /// <summary>The name of the text that says why the act was not done.</summary>
    public string? Problem { get; init; }

    /// <summary>Whom the viewer looks for; null while they look for nobody.</summary>
    public FoundView? Found { get; init; }

    public override string ToString() => $"{nameof(ContactView)} {ConversationId}";
}

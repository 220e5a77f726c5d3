using Munshi.Vault.Pages.Details;

namespace Munshi.Vault.Pages;

/// <summary>One message of a conversation.</summary>
public sealed record MessageView
{
    public required Guid Id { get; init; }

    public required MessageDirection Direction { get; init; }

    public required MessageAuthor Author { get; init; }

    public string? AuthorName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As written, or a file's caption.</summary>
    public string? Text { get; init; }

    /// <summary>Why there is no text where there was one.</summary>
    public WordsLoss Loss { get; init; }

    /// <summary>The Cloud API's type, see <see cref="MessageKinds"/>.</summary>
    public string Kind { get; init; } = MessageKinds.Text;

    public MessageOrigin Origin { get; init; }

    /// <summary>Whether its customer was separated from the one of the conversation: nothing answers it here.</summary>
    public bool OfAnother { get; init; }

    /// <summary>What it holds beside its words; null where that is nothing, or is not known.</summary>
    public MessageDetail? Detail { get; init; }

    /// <summary>Its file; null where it has none, or none that was wanted.</summary>
    public MediaView? Media { get; init; }

    public MessageMarks Marks { get; init; } = MessageMarks.None;

    /// <summary>When the customer deleted it for everyone; its words are then behind a click.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>What it said before it was edited, oldest first.</summary>
    public IReadOnlyList<EarlierWording> Earlier { get; init; } = [];

    public DeliveryState Status { get; init; }

    /// <summary>Why it was not sent or not delivered, or waits, in the reader's language, with what to do.</summary>
    public string? Explanation { get; init; }

    /// <summary>Whether an owner mends that on the page of the number.</summary>
    public bool MendsInSettings { get; init; }

    /// <summary>The workspace's own answers that an automatic reply rests on.</summary>
    public IReadOnlyList<MessageSource> Sources { get; init; } = [];

    /// <summary>The key under which the same text is sent anew, once; absent where that is not offered.</summary>
    public Guid? RetryKey { get; init; }

    /// <summary>The beginning of the message this one answers.</summary>
    public string? QuotedSnippet { get; init; }

    /// <summary>What the customer could choose from under the text.</summary>
    public IReadOnlyList<OfferedOption> Options { get; init; } = [];

    /// <summary>The small line between text and options.</summary>
    public string? OptionsFooter { get; init; }

    public IReadOnlyList<MessageReaction> Reactions { get; init; } = [];
}

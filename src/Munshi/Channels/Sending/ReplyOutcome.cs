namespace Munshi.Channels.Sending;

/// <summary>How a person's reply ended.</summary>
internal abstract record ReplyOutcome
{
    private ReplyOutcome() { }

    /// <summary>It is in the outbox; also when the same key had brought it there before.</summary>
    internal sealed record Queued(Guid MessageId) : ReplyOutcome;

    /// <summary>The key has brought something else on its way: other words, to another conversation or by another person. Nothing was sent now.</summary>
    internal sealed record KeyTaken : ReplyOutcome;

    /// <summary>The 24-hour window is closed.</summary>
    internal sealed record WindowClosed : ReplyOutcome;

    /// <summary>Somebody else answers in this conversation now.</summary>
    internal sealed record NotOwner : ReplyOutcome;

    /// <summary>Two contacts became one, and the conversation goes on in another.</summary>
    internal sealed record GoesOnElsewhere : ReplyOutcome;

    /// <summary>The text is empty, or the content goes beyond Meta's limits.</summary>
    internal sealed record BadText : ReplyOutcome;

    /// <summary>The template is not approved at Meta, or there is none of that name and language.</summary>
    internal sealed record NotApproved : ReplyOutcome;

    /// <summary>The template is for marketing, and the customer asked for none.</summary>
    internal sealed record OptedOut : ReplyOutcome;

    /// <summary>What it quotes or reacts to is no message of the customer in this conversation, or was deleted.</summary>
    internal sealed record QuoteUnknown : ReplyOutcome;

    /// <summary>This workspace has no such conversation.</summary>
    internal sealed record Unknown : ReplyOutcome;
}

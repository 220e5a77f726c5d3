namespace Munshi.Vault;

/// <summary>A conversation as locked for a change: nobody else can change it until the transaction ends.</summary>
internal sealed record ConversationState
{
    /// <summary>Free-form messages may be sent for so long after the customer's last one; five minutes of Meta's 24 hours are left as a margin.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5);

    public required Guid Id { get; init; }

    public required Guid ContactId { get; init; }

    /// <summary>Null in an imported chat while nothing has come through a number.</summary>
    public required Guid? NumberId { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public required long InboundCount { get; init; }

    /// <summary>The newest customer message's time as the provider told it; null where none was plausible.</summary>
    public required DateTimeOffset? WindowFrom { get; init; }

    public required OwnerKind Owner { get; init; }

    public required Guid? OwnerPersonId { get; init; }

    /// <summary>The fence: raised by one at each change of owner.</summary>
    public required long OwnerEpoch { get; init; }

    public required bool Greeted { get; init; }

    public required bool OptedOut { get; init; }

    public required Standing Standing { get; init; }

    /// <summary>Set while it is snoozed, and only then.</summary>
    public required DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>The conversation in which this one goes on, where two contacts became one.</summary>
    public required Guid? GoesOnIn { get; init; }

    /// <summary>Whether people have taken the one in which it goes on, so that nothing is answered here either.</summary>
    public bool TakenWhereItGoesOn { get; init; }

    public bool WindowIsOpen(DateTimeOffset now) => WindowFrom is { } from && now < from + Window;
}

namespace Munshi.Vault;

/// <summary>A conversation as read for a page, without a lock. Where two contacts became one, it may stand beside another of the same customer.</summary>
internal sealed record ConversationHead(
    ContactLabel Contact,
    long InboundCount,
    long ReadCount,
    DateTimeOffset? WindowFrom,
    OwnerKind Owner,
    Guid? OwnerPersonId,
    long OwnerEpoch,
    bool OptedOut,
    Guid? NumberId,
    Guid? SupersededBy,
    Guid? Superseded,
    bool MarketingStopped,
    Standing Standing,
    DateTimeOffset? SnoozedUntil,
    IReadOnlyList<Guid> LabelIds,
    bool HasContactHistory);

namespace Munshi.Vault;

/// <summary>A conversation as read for a page, without a lock.</summary>
internal sealed record ConversationHead(
    ContactLabel Contact,
    long InboundCount,
    long ReadCount,
    DateTimeOffset? WindowFrom,
    OwnerKind Owner,
    Guid? OwnerPersonId,
    long OwnerEpoch,
    bool OptedOut);

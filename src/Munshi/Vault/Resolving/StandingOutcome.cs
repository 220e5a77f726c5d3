namespace Munshi.Vault.Resolving;

/// <summary>How an act on a conversation's standing ended.</summary>
internal enum StandingOutcome
{
    /// <summary>It stands so now; also when it did before.</summary>
    Done,

    /// <summary>This workspace has no such conversation.</summary>
    Unknown,

    /// <summary>The customer has written since the person looked: what they wrote wants to be read first.</summary>
    CustomerWrote,

    /// <summary>The time lies in the past, or further off than <see cref="ConversationStandings.Furthest"/>.</summary>
    BadTime,
}

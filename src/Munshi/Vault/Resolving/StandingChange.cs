namespace Munshi.Vault.Resolving;

/// <summary>What was done with a conversation as a whole.</summary>
public enum StandingChange
{
    Snoozed,

    Resolved,

    /// <summary>By a person, or by the customer who wrote.</summary>
    Reopened,

    /// <summary>By itself, as the time came.</summary>
    Woken,
}

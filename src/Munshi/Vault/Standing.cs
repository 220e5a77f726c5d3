namespace Munshi.Vault;

/// <summary>Whether a conversation still wants somebody.</summary>
public enum Standing
{
    Open,

    /// <summary>Put off until a time.</summary>
    Snoozed,

    Resolved,
}

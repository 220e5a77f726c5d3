namespace Munshi.Channels.Health;

/// <summary>How a channel stands; the worse the higher.</summary>
public enum HealthTone
{
    Good,

    /// <summary>It works, and something wants to be looked at.</summary>
    Warning,

    /// <summary>It does not work, or not for long.</summary>
    Bad,
}

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>What customers' feedback makes of a template. The values are stable and may be stored.</summary>
public enum QualityScore
{
    /// <summary>Not enough feedback yet, or a word not known yet.</summary>
    Unknown = 0,

    Green = 1,

    Yellow = 2,

    /// <summary>It is about to be paused.</summary>
    Red = 3,
}

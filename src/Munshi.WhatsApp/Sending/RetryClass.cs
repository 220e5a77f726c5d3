namespace Munshi.WhatsApp.Sending;

/// <summary>What to do after Meta refused a message. The values are stable and may be stored.</summary>
public enum RetryClass
{
    /// <summary>Try again after <see cref="GraphErrorClass.NextDelay"/>.</summary>
    Retry = 0,

    /// <summary>As <see cref="Retry"/>, but hold back this one recipient only.</summary>
    RetryPair = 1,

    /// <summary>Try again only once a person or an event has changed something outside.</summary>
    Wait = 2,

    /// <summary>Never try this message again; show why.</summary>
    Fail = 3,

    /// <summary>Stop everything this number or token sends, keep it queued and tell the owner.</summary>
    StopSender = 4,
}

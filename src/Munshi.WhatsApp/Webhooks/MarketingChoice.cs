namespace Munshi.WhatsApp.Webhooks;

/// <summary>What a customer wants of marketing messages. The values are stable and may be stored.</summary>
public enum MarketingChoice
{
    /// <summary>Another word, or another category than marketing messages.</summary>
    Unknown = 0,

    /// <summary>None; sending one all the same is error 131050.</summary>
    Stop = 1,

    /// <summary>Again, after a stop.</summary>
    Resume = 2,
}

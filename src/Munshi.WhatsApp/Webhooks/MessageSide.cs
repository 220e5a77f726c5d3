namespace Munshi.WhatsApp.Webhooks;

/// <summary>Who wrote a message. The values are stable and may be stored.</summary>
public enum MessageSide
{
    /// <summary>History or standby that does not say.</summary>
    Unknown = 0,

    Customer = 1,

    /// <summary>The business: by its app (echo, history) or another sender (standby).</summary>
    Business = 2,
}

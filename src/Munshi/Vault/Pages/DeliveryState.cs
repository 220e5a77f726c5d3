namespace Munshi.Vault.Pages;

/// <summary>How far a sent message is known to have come.</summary>
public enum DeliveryState
{
    /// <summary>Not a message of ours.</summary>
    None,
    Queued,
    Accepted,
    Sent,
    Delivered,
    Read,
    Played,
    Failed,

    /// <summary>The connection broke while sending; it may or may not have left.</summary>
    Uncertain,

    /// <summary>Taken back before it left.</summary>
    Cancelled,
}

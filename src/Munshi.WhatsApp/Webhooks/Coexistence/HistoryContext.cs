namespace Munshi.WhatsApp.Webhooks.Coexistence;

/// <summary>What had become of a message when it was taken over from the phone.</summary>
/// <param name="StatusText"><c>history_context.status</c>, such as <c>READ</c>; at most 64 characters, empty where it is missing.</param>
public sealed record HistoryContext(string StatusText) : PayloadPart
{
    /// <summary><see cref="DeliveryStatus.Unknown"/> also for one that had not left the phone (<c>PENDING</c>).</summary>
    public DeliveryStatus Status => StatusText switch
    {
        "SENT" => DeliveryStatus.Sent,
        "DELIVERED" => DeliveryStatus.Delivered,
        "READ" => DeliveryStatus.Read,
        "PLAYED" => DeliveryStatus.Played,
        "ERROR" => DeliveryStatus.Failed,
        _ => DeliveryStatus.Unknown,
    };
}

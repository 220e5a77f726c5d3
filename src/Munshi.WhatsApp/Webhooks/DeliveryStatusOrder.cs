namespace Munshi.WhatsApp.Webhooks;

/// <summary>The forward-only rule: statuses come in any order and more than once, what is shown only moves on.</summary>
public static class DeliveryStatusOrder
{
    /// <summary>1 sent, 2 delivered, 3 read, 4 played; 0 for failed and unknown, which are not on that way.</summary>
    public static int Rank(this DeliveryStatus status) => status switch
    {
        DeliveryStatus.Sent => 1,
        DeliveryStatus.Delivered => 2,
        DeliveryStatus.Read => 3,
        DeliveryStatus.Played => 4,
        _ => 0,
    };

    /// <summary>
    /// The one of two statuses to show, in whichever order they came: the greater rank, but a failure outranks
    /// <see cref="DeliveryStatus.Sent"/>, while a message once on the device stays delivered.
    /// </summary>
    public static DeliveryStatus Shown(DeliveryStatus one, DeliveryStatus other) => Weight(one) >= Weight(other) ? one : other;

    private static int Weight(DeliveryStatus status) =>
        status == DeliveryStatus.Failed ? (2 * DeliveryStatus.Sent.Rank()) + 1 : 2 * status.Rank();
}

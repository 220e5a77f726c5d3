namespace Munshi.WhatsApp.Webhooks;

/// <summary>How the subscription handshake ends.</summary>
public abstract record SubscriptionOutcome
{
    private SubscriptionOutcome()
    {
    }

    /// <param name="Challenge">The body of the 200, as <c>text/plain</c>: 1 to 256 visible ASCII characters.</param>
    public sealed record Confirmed(string Challenge) : SubscriptionOutcome;

    /// <summary>To be answered 403.</summary>
    public sealed record Refused(SubscriptionRefusal Reason) : SubscriptionOutcome;
}

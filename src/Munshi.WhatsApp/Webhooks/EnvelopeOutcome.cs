namespace Munshi.WhatsApp.Webhooks;

/// <summary>What a webhook delivery was found to hold.</summary>
public abstract record EnvelopeOutcome
{
    private EnvelopeOutcome()
    {
    }

    /// <summary>Nothing of it can be processed. The bytes should still be kept and answered 200: a retry brings the same bytes.</summary>
    public sealed record Malformed(EnvelopeFlaw Reason) : EnvelopeOutcome;

    /// <param name="Items">In the order of the delivery; the same bytes always give the same list. Empty for <c>"entry":[]</c>.</param>
    public sealed record Updates(IReadOnlyList<WebhookUpdate> Items) : EnvelopeOutcome;
}

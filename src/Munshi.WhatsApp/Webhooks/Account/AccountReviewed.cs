namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>account_review_update</c>.</summary>
public sealed record AccountReviewed : AccountEvent
{
    /// <summary><c>APPROVED</c>, <c>REJECTED</c>, <c>PENDING</c> or <c>DEFERRED</c>: only the first can use the interface. Empty where it is missing.</summary>
    public string Decision { get; init; } = "";
}

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>phone_number_quality_update</c>: despite its name about limits. The quality itself is asked for, not told.</summary>
public sealed record NumberQualityChanged : AccountEvent
{
    /// <summary>The business number, as Meta writes it.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary><c>ONBOARDING</c> or <c>THROUGHPUT_UPGRADE</c>, formerly also <c>FLAGGED</c>, <c>UNFLAGGED</c>, <c>DOWNGRADE</c>, <c>UPGRADE</c>; empty where it is missing.</summary>
    public string Event { get; init; } = "";

    public MessagingLimit? Limit { get; init; }

    public MessagingLimit? FormerLimit { get; init; }
}

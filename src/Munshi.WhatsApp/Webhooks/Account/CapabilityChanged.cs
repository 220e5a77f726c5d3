namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>business_capability_update</c>.</summary>
public sealed record CapabilityChanged : AccountEvent
{
    public MessagingLimit? MaxDailyConversations { get; init; }

    /// <summary>−1 is unlimited.</summary>
    public long? MaxNumbersPerBusiness { get; init; }

    /// <summary>−1 is unlimited.</summary>
    public long? MaxNumbersPerWaba { get; init; }
}

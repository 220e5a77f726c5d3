namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>account_alerts</c>: limits that were not raised, the official account's state, a lost profile picture.</summary>
public sealed record AccountAlert : AccountEvent
{
    /// <summary><c>BUSINESS</c>, <c>PHONE_NUMBER</c> and others.</summary>
    public string? EntityType { get; init; }

    /// <summary>At most 512 characters.</summary>
    public string? EntityId { get; init; }

    /// <summary><c>CRITICAL</c>, <c>WARNING</c> or <c>INFORMATIONAL</c>; empty where it is missing.</summary>
    public string Severity { get; init; } = "";

    /// <summary><c>ACTIVE</c> or <c>NONE</c>; empty where it is missing.</summary>
    public string Status { get; init; } = "";

    /// <summary>Such as <c>OBA_REJECTED</c>; empty where it is missing.</summary>
    public string Type { get; init; } = "";

    /// <summary>Meta's sentence; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Description { get; init; }
}

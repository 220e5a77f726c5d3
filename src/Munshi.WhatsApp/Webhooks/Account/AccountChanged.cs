namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary><c>account_update</c>.</summary>
public sealed record AccountChanged : AccountEvent
{
    /// <summary>Such as <c>DISABLED_UPDATE</c>, <c>ACCOUNT_RESTRICTION</c>, <c>PARTNER_REMOVED</c>, <c>ACCOUNT_OFFBOARDED</c>; empty where it is missing.</summary>
    public string Event { get; init; } = "";

    /// <summary><c>SCHEDULE_FOR_DISABLE</c>, <c>DISABLE</c> or <c>REINSTATE</c>.</summary>
    public string? BanState { get; init; }

    /// <summary>As given: <c>2026-12-01</c> and <c>April 17, 2025</c> were both seen.</summary>
    public string? BanDate { get; init; }

    /// <summary>Such as <c>ADULT</c>.</summary>
    public string? ViolationType { get; init; }

    /// <summary>At most 1,000.</summary>
    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

    /// <summary>Where Meta holds the business to be, ISO 3166-1.</summary>
    public string? Country { get; init; }

    public string? OwnerBusinessId { get; init; }

    /// <summary>The app that was given or refused its permissions.</summary>
    public string? PartnerAppId { get; init; }

    public VolumeTier? VolumeTier { get; init; }
}

namespace Munshi.WhatsApp.Webhooks.Account;

/// <summary>The step of the price list that a business has reached; it changes prices, nothing else.</summary>
public sealed record VolumeTier : PayloadPart
{
    /// <summary>Such as <c>UTILITY</c>.</summary>
    public string? Category { get; init; }

    /// <summary>From how many to how many messages, such as <c>25000001:50000000</c>.</summary>
    public string? Tier { get; init; }

    /// <summary><c>YYYY-MM</c>.</summary>
    public string? Month { get; init; }

    /// <summary>Such as <c>INDIA</c>.</summary>
    public string? Region { get; init; }

    public ProviderTime UpdatedAt { get; init; }
}

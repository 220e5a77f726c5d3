namespace Munshi.Channels.Health;

/// <summary>How a number is, as far as Meta was asked or told it. Words of Meta's stand as they came.</summary>
public sealed record NumberHealth
{
    public required Guid NumberId { get; init; }

    /// <summary>When Meta last answered about it; null before the first time.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When Meta was last asked.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Graph's code of a refusal that holds: 190 of a dead token.</summary>
    public int? RefusedCode { get; init; }

    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Null where the token has no end or it is not known.</summary>
    public DateTimeOffset? TokenExpiresAt { get; init; }

    /// <summary><c>GREEN</c>, <c>YELLOW</c>, <c>RED</c> or <c>UNKNOWN</c>.</summary>
    public string? Quality { get; init; }

    /// <summary>To how many customers it may write first in 24 hours, such as <c>TIER_1K</c>.</summary>
    public string? MessagingLimit { get; init; }

    /// <summary><c>STANDARD</c>, <c>HIGH</c> or <c>NOT_APPLICABLE</c>.</summary>
    public string? Throughput { get; init; }

    /// <summary><c>open</c>, <c>restricted</c> or <c>disabled</c>.</summary>
    public string Account { get; init; } = "open";

    /// <summary>Whether the account's webhooks go to the app; null before Meta was asked.</summary>
    public bool? IsSubscribed { get; init; }

    /// <summary>Another responder that Meta says holds conversations of the number, such as <c>meta_business_agent</c>.</summary>
    public string? Competitor { get; init; }

    public DateTimeOffset? CompetitorAt { get; init; }

    /// <summary>When anything last came for it.</summary>
    public DateTimeOffset? HeardAt { get; init; }

    /// <summary>The longest silence that was usual lately.</summary>
    public TimeSpan? LongestSilence { get; init; }
}

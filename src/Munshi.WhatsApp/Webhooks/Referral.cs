namespace Munshi.WhatsApp.Webhooks;

/// <summary>The advertisement or post from which a customer began to write.</summary>
public sealed record Referral : PayloadPart
{
    /// <summary>At most 4,096 characters, as all links here; they are the advertiser's and may be anything.</summary>
    public string? SourceLink { get; init; }

    public string? SourceId { get; init; }

    /// <summary><c>ad</c> or another word of at most 64 characters.</summary>
    public string? SourceType { get; init; }

    public string? Headline { get; init; }

    /// <summary>At most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? Body { get; init; }

    /// <summary><c>image</c>, <c>video</c> or another word of at most 64 characters.</summary>
    public string? MediaType { get; init; }

    public string? ImageLink { get; init; }

    public string? VideoLink { get; init; }

    public string? ThumbnailLink { get; init; }

    /// <summary><c>ctwa_clid</c>; missing for advertisements in WhatsApp Status. At most 512 characters.</summary>
    public string? ClickId { get; init; }

    /// <summary>The greeting that the advertisement showed; at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units.</summary>
    public string? WelcomeText { get; init; }
}

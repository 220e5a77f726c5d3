namespace Munshi.WhatsApp.Webhooks.Cards;

/// <summary>Each part at most 512 UTF-16 units.</summary>
public sealed record ContactAddress : PayloadPart
{
    public string? Street { get; init; }

    public string? City { get; init; }

    public string? State { get; init; }

    public string? Zip { get; init; }

    public string? Country { get; init; }

    /// <summary>ISO 3166-1, two letters.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Such as <c>HOME</c>; at most 64 characters.</summary>
    public string? Type { get; init; }
}

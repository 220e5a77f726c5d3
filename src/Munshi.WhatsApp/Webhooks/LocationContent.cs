namespace Munshi.WhatsApp.Webhooks;

/// <summary>A place; a dropped pin has coordinates only.</summary>
public sealed record LocationContent : MessageContent
{
    /// <summary>Degrees north, −90 to 90; null where it is missing or outside.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east, −180 to 180; null where it is missing or outside.</summary>
    public double? Longitude { get; init; }

    /// <summary>At most 512 UTF-16 units.</summary>
    public string? Name { get; init; }

    /// <summary>At most 512 UTF-16 units.</summary>
    public string? Address { get; init; }

    /// <summary>The place's page as the sender's device gave it; at most 4,096 characters.</summary>
    public string? Link { get; init; }
}

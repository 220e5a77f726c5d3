namespace Munshi.WhatsApp.Webhooks.Cards;

/// <summary>Each part at most 512 UTF-16 units.</summary>
public sealed record ContactName : PayloadPart
{
    /// <summary>The whole name as the sender's device shows it.</summary>
    public string? Formatted { get; init; }

    public string? First { get; init; }

    public string? Middle { get; init; }

    public string? Last { get; init; }

    public string? Prefix { get; init; }

    public string? Suffix { get; init; }
}

namespace Munshi.Vault.Pages.Details;

/// <summary>The file of a message.</summary>
public sealed record MediaView
{
    public required MediaState State { get; init; }

    /// <summary>One of our own reason words: why it waits, or was not taken.</summary>
    public string? Reason { get; init; }

    public MediaShape Shape { get; init; }

    /// <summary>In bytes.</summary>
    public long? Length { get; init; }

    /// <summary>Whether WhatsApp gave a hash that it was checked by.</summary>
    public bool HashWasTold { get; init; } = true;

    /// <summary>Whether it came with an exported chat.</summary>
    public bool FromExport { get; init; }

    /// <summary>For the viewer alone, five minutes.</summary>
    public required string Link { get; init; }

    /// <summary>Leads to a fresh <see cref="Link"/>.</summary>
    public required string OpenLink { get; init; }

    /// <summary>A small picture of it; null where there is none.</summary>
    public string? PreviewLink { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>How loud it is over time, 0 to 255; empty where that is not known.</summary>
    public IReadOnlyList<byte> Levels { get; init; } = [];

    /// <summary>The key of what is said where there is nothing to show.</summary>
    public string TextKey => State switch
    {
        MediaState.Wanted => $"Media.Wait.{Reason ?? "now"}",
        MediaState.Expired => Reason == "not-there" ? "Media.Expired.not-there" : "Media.Expired.other",
        _ => $"Media.Refused.{Reason}",
    };

    /// <summary>Nothing of what it holds.</summary>
    public override string ToString() => $"{nameof(MediaView)} {State}";
}

using Munshi.Keyring;
using Munshi.Media.Files;
using Munshi.WhatsApp.Sending;

namespace Munshi.Media.Sending;

/// <summary>A file that is kept, for a message that is about to be written.</summary>
internal sealed record SentFile
{
    /// <summary>Of the row to be.</summary>
    public required Guid Id { get; init; }

    public required Guid KeyId { get; init; }

    public required KeyMaterial Key { get; init; }

    public required MediaType Type { get; init; }

    public required OutboundMediaType ShownAs { get; init; }

    /// <summary>As the browser named it.</summary>
    public required string? Name { get; init; }

    public required SealedMedia Written { get; init; }

    /// <summary>The message that shows it; whether Meta's limits allow the caption is asked of it.</summary>
    public OutboundMedia Content(string? caption) => new(ShownAs, "")
    {
        Digest = Convert.ToHexStringLower(Written.PlaintextHash),
        Caption = caption,
        FileName = ShownAs is OutboundMediaType.Document && !string.IsNullOrWhiteSpace(Name) ? Shortened(Name) : null,
    };

    public override string ToString() => $"{nameof(SentFile)} {Id}";

    /// <summary>The end is kept: it says what the file is.</summary>
    private static string Shortened(string name)
    {
        string kept = name.Length > OutboundMedia.MaxFileNameLength ? name[^OutboundMedia.MaxFileNameLength..] : name;
        return char.IsLowSurrogate(kept[0]) ? kept[1..] : kept;
    }
}

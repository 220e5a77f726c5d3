namespace Munshi.WhatsApp.Webhooks;

/// <summary>A file: <see cref="ImageContent"/>, <see cref="AudioContent"/>, <see cref="VideoContent"/>, <see cref="DocumentContent"/> or <see cref="StickerContent"/>.</summary>
/// <param name="File">Where to fetch it.</param>
public abstract record MediaContent(MediaFile File) : MessageContent
{
    /// <summary>The words under it, at most <see cref="InboundMessage.MaxTextLength"/> UTF-16 units; null where there are none.</summary>
    public string? Caption { get; init; }
}

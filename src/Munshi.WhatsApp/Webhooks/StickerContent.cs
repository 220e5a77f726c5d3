namespace Munshi.WhatsApp.Webhooks;

/// <param name="File">Where to fetch it.</param>
/// <param name="IsAnimated">False also where Meta does not say.</param>
public sealed record StickerContent(MediaFile File, bool IsAnimated) : MediaContent(File);

namespace Munshi.WhatsApp.Webhooks;

public sealed record ImageContent(MediaFile File) : MediaContent(File);

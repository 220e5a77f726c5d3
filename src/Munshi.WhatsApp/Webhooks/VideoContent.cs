namespace Munshi.WhatsApp.Webhooks;

public sealed record VideoContent(MediaFile File) : MediaContent(File);

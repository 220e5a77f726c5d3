namespace Munshi.WhatsApp.Webhooks;

/// <param name="File">Where to fetch it.</param>
/// <param name="FileName">The sender's words, at most 512 UTF-16 units: never a path, and its ending says nothing of the bytes.</param>
public sealed record DocumentContent(MediaFile File, string? FileName) : MediaContent(File);

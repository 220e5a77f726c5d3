namespace Munshi.WhatsApp.Webhooks;

/// <param name="File">Where to fetch it.</param>
/// <param name="IsVoice">Recorded in the chat; false for a file that was sent, and where Meta does not say.</param>
public sealed record AudioContent(MediaFile File, bool IsVoice) : MediaContent(File);

namespace Munshi.WhatsApp.Webhooks;

/// <summary>An earlier message was deleted for everyone, within about two days; the original stays as it was.</summary>
/// <param name="OriginalId">The <c>wamid</c> deleted; it may be one never received.</param>
public sealed record RevokeContent(string OriginalId) : MessageContent;

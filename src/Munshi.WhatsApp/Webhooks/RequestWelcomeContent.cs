namespace Munshi.WhatsApp.Webhooks;

/// <summary>A customer opened the chat for the first time and has not written; it opens the service window.</summary>
public sealed record RequestWelcomeContent : MessageContent;

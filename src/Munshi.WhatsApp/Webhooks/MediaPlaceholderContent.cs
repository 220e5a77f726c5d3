namespace Munshi.WhatsApp.Webhooks;

/// <summary>History: a file that is not named here. For the last 14 days another update with the same message id brings it.</summary>
public sealed record MediaPlaceholderContent : MessageContent;

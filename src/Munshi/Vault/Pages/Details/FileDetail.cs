namespace Munshi.Vault.Pages.Details;

/// <param name="FileName">The sender's words, never a path.</param>
/// <param name="MimeType">As the sender's device named it, without parameters.</param>
/// <param name="IsVoice">Recorded in the chat.</param>
/// <param name="IsMissing">WhatsApp did not pass the file on: too large, or gone.</param>
public sealed record FileDetail(string? FileName, string? MimeType, bool IsVoice, bool IsMissing) : MessageDetail;

namespace Munshi.Vault.Pages.Details;

/// <summary>A note of WhatsApp's in the conversation.</summary>
/// <param name="TextKey">Of the words that say what it means.</param>
public sealed record NoteDetail(string TextKey) : MessageDetail;

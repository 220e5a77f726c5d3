namespace Munshi.Vault.Pages;

/// <summary>The way to take the viewer's last act back.</summary>
/// <param name="Done"><see cref="ConversationNotice.TookOver"/>, <see cref="ConversationNotice.HandedBack"/> or <see cref="ConversationNotice.Assigned"/>.</param>
/// <param name="To">The former owner, as <c>POST /inbox/{id}/owner/undo</c> reads it.</param>
public sealed record UndoOffer(ConversationNotice Done, string To);

namespace Munshi.Vault.Pages;

/// <summary>An emoji someone put on a message.</summary>
public sealed record MessageReaction(string Emoji, string From);

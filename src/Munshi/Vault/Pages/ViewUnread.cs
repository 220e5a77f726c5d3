namespace Munshi.Vault.Pages;

/// <summary>Conversations with unread messages, by view; counted no further than one above <see cref="InboxCounts.Most"/>.</summary>
public sealed record ViewUnread(int All, int Waiting, int Mine);

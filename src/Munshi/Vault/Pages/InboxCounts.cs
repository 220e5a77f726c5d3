namespace Munshi.Vault.Pages;

/// <summary>How many conversations each view holds.</summary>
public sealed record InboxCounts(int All, int Waiting, int Mine);

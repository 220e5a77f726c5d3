namespace Munshi.Vault.Pages;

/// <summary>The customer's message that the reply being written will quote.</summary>
public sealed record QuotingView(Guid MessageId, string Snippet);

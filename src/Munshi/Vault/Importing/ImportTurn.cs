namespace Munshi.Vault.Importing;

/// <summary>An import's right to write to a chat, until another begins or the customer is joined or separated.</summary>
/// <param name="ContactId">The customer, when it began.</param>
/// <param name="Epoch">Raised by each import that begins.</param>
internal sealed record ImportTurn(Guid ContactId, long Epoch);

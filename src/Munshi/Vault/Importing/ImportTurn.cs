namespace Munshi.Vault.Importing;

/// <summary>An import's right to write to a chat, until another begins.</summary>
/// <param name="ContactId">The customer.</param>
/// <param name="Epoch">Raised by each import that begins.</param>
internal sealed record ImportTurn(Guid ContactId, long Epoch);

namespace Munshi.Vault.Joining;

/// <param name="Id">The conversation.</param>
/// <param name="NumberId">The business's number; null for an imported chat.</param>
/// <param name="LastAt">Its last message.</param>
public sealed record ContactConversation(Guid Id, Guid? NumberId, DateTimeOffset LastAt);

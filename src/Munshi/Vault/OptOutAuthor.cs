namespace Munshi.Vault;

/// <summary>Who said that they want no automatic messages, or want them again.</summary>
/// <param name="IdentifierId">By which they wrote.</param>
/// <param name="ContactId">Whose that is now; another's than the conversation's where they were separated since.</param>
/// <param name="OptedOut">Whether that contact wants none.</param>
internal sealed record OptOutAuthor(Guid IdentifierId, Guid ContactId, bool OptedOut);

namespace Munshi.Vault.Suppression;

/// <summary>Somebody who wants no messages of a kind.</summary>
/// <param name="Id">Of the contact or of the choice; with the time, the row's sort key.</param>
/// <param name="Name">What the contact is called by.</param>
/// <param name="Since">When it was said, UTC.</param>
/// <param name="MarketingOf">The business number of which no marketing is wanted, as shown; null where no automatic message at all is.</param>
/// <param name="ConversationId">Null where there is none.</param>
public sealed record SuppressedPerson(Guid Id, string Name, DateTimeOffset Since, string? MarketingOf, Guid? ConversationId)
{
    public override string ToString() => $"{nameof(SuppressedPerson)} {Id}";
}

namespace Munshi.Vault.Searching;

/// <param name="Id">The conversation.</param>
/// <param name="ContactId">Its contact.</param>
/// <param name="Label">What that is called by.</param>
/// <param name="LastAt">Its last message.</param>
internal sealed record SearchedConversation(Guid Id, Guid ContactId, ContactLabel Label, DateTimeOffset LastAt)
{
    public override string ToString() => $"{nameof(SearchedConversation)} {Id}";
}

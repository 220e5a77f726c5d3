namespace Munshi.Vault.Joining;

/// <summary>Two customers who may be one, side by side.</summary>
/// <param name="One">From whose conversation the viewer comes.</param>
/// <param name="Other">Whom they chose.</param>
public sealed record JoinView(ContactView One, ContactView Other)
{
    /// <summary>The name of the text that says why it was not done.</summary>
    public string? Problem { get; init; }

    public bool AreOne => One.Version.ContactId == Other.Version.ContactId;

    /// <summary>Each has a user id of WhatsApp, so that they are two people.</summary>
    public bool AreTwoUsers => One.Identifiers.Any(known => known.IsUser) && Other.Identifiers.Any(known => known.IsUser);

    /// <summary>Whether both talk with one number of the business.</summary>
    public bool ShareANumber => One.Conversations.Any(mine => Other.Conversations.Any(theirs => theirs.NumberId == mine.NumberId));
}

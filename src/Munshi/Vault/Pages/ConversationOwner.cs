namespace Munshi.Vault.Pages;

/// <summary>Who answers a conversation.</summary>
public enum ConversationOwner
{
    Responder,

    /// <summary>No one yet: it waits for a person.</summary>
    Waiting,

    Person,
}

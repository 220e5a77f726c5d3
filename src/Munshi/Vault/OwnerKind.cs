namespace Munshi.Vault;

/// <summary>Who answers in a conversation.</summary>
public enum OwnerKind
{
    /// <summary>Munshi.</summary>
    Responder,

    /// <summary>Handed to the people; nobody has taken it yet.</summary>
    Waiting,

    /// <summary>A named person.</summary>
    Person,

    /// <summary>Somebody on the WhatsApp Business app; who, is not told.</summary>
    Phone,
}

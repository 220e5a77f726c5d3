namespace Munshi.Vault.Pages;

/// <summary>By which way a message came into the vault.</summary>
public enum MessageOrigin
{
    /// <summary>Through the business number, in or out.</summary>
    Channel,

    /// <summary>From an export of the chat.</summary>
    Import,

    /// <summary>Written in the WhatsApp Business app.</summary>
    Phone,

    /// <summary>Taken over from the WhatsApp Business app when the number was connected.</summary>
    History,

    /// <summary>While another responder had the conversation.</summary>
    Standby,
}

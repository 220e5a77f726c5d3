namespace Munshi.WhatsApp.Webhooks;

/// <summary>What one update is about. The values are stable and may be stored.</summary>
public enum UpdateKind
{
    /// <summary>A change of the business account. What was stored before there were 8 to 12 stands here too: <see cref="WebhookUpdate.Field"/> tells them apart.</summary>
    Account = 0,

    /// <summary>A customer's message: <c>messages[]</c> of the field <c>messages</c>.</summary>
    Message = 1,

    /// <summary>What became of a message we sent.</summary>
    Status = 2,

    /// <summary>An error of the system, app or account, not of one message.</summary>
    Error = 3,

    /// <summary>A person answered from the WhatsApp Business app.</summary>
    Echo = 4,

    /// <summary>A message from before the number was connected; it must never wake the responder.</summary>
    HistoryItem = 5,

    /// <summary>A contact added to or removed from the phone's address book.</summary>
    AppState = 6,

    /// <summary>A customer stopped or resumed marketing messages.</summary>
    UserPreference = 7,

    /// <summary>A change of a template: its status, quality, category or parts.</summary>
    Template = 8,

    /// <summary>A change of the business number: its quality, limits or name.</summary>
    Number = 9,

    /// <summary>A part of the chat history that holds no message: how far the transfer is, or an empty thread.</summary>
    HistoryChunk = 10,

    /// <summary>Another sender, such as Meta Business Agent, holds the conversation: its messages and statuses, or a change of hands.</summary>
    Standby = 11,

    /// <summary>A field or shape not known yet, kept whole, and parts that belong to none of the other updates.</summary>
    Unknown = 12,
}

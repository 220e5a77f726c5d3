namespace Munshi.WhatsApp.Webhooks;

/// <summary>What one update is about. The values are stable and may be stored.</summary>
public enum UpdateKind
{
    /// <summary>Anything else, kept whole: account, template and quality changes, fields and shapes not known yet.</summary>
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
}

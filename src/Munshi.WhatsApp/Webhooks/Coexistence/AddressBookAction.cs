namespace Munshi.WhatsApp.Webhooks.Coexistence;

/// <summary>What was done to the phone's address book. The values are stable and may be stored.</summary>
public enum AddressBookAction
{
    /// <summary>A word not known yet.</summary>
    Unknown = 0,

    /// <summary>Added or edited.</summary>
    Add = 1,

    /// <summary>Removed; no name is told.</summary>
    Remove = 2,
}

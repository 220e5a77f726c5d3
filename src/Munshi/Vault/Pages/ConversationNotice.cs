namespace Munshi.Vault.Pages;

/// <summary>What came of the viewer's last act, where it did not do what was asked or can be taken back.</summary>
public enum ConversationNotice
{
    None,

    /// <summary>Someone else changed the owner first: the epoch in the form was old.</summary>
    OwnerChanged,

    TextMissing,

    /// <summary>Over <see cref="ReplyBox.MaxLength"/>.</summary>
    TextTooLong,

    /// <summary>The form had already sent something else.</summary>
    KeyTaken,

    /// <summary>Kept, but refused by a gate; the reply box says which.</summary>
    NotSent,

    TookOver,

    HandedBack,
}

namespace Munshi.Vault.Pages;

/// <summary>What came of the viewer's last act, where it did not do what was asked or can be taken back.</summary>
public enum ConversationNotice
{
    None,

    /// <summary>Someone else changed the owner first: the epoch in the form was old.</summary>
    OwnerChanged,

    /// <summary>The conversation goes on in another one: nobody takes this one any more.</summary>
    GoesOnElsewhere,

    TextMissing,

    /// <summary>Over <see cref="ReplyBox.MaxLength"/>.</summary>
    TextTooLong,

    /// <summary>The form had already sent something else.</summary>
    KeyTaken,

    /// <summary>Kept, but refused by a gate; the reply box says which.</summary>
    NotSent,

    /// <summary>A place of the template is not filled in, or holds what Meta does not take.</summary>
    TemplateIncomplete,

    /// <summary>The template may not be sent, or not to this customer.</summary>
    TemplateRefused,

    /// <summary>What was to be quoted or reacted to is not there any more.</summary>
    QuoteGone,

    /// <summary>No file was chosen, or an empty one.</summary>
    FileMissing,

    /// <summary>WhatsApp takes no file of this type.</summary>
    FileTypeRefused,

    /// <summary>WhatsApp takes no file of this type that is so large.</summary>
    FileTooLarge,

    /// <summary>Over <see cref="WhatsApp.Sending.OutboundMedia.MaxCaptionLength"/>.</summary>
    CaptionTooLong,

    /// <summary>Sound and stickers have no words under them.</summary>
    CaptionRefused,

    /// <summary>The customer has written since the page was made: it is not put off or resolved over what nobody read.</summary>
    CustomerWrote,

    /// <summary>The time to put a conversation off to is none, lies in the past, or too far off.</summary>
    BadTime,

    /// <summary>The conversation wears the most labels there may be.</summary>
    TooManyLabels,

    /// <summary>Over <see cref="Fields.FieldValues.MaxLength"/>.</summary>
    FieldTooLong,

    /// <summary>Somebody else changed the value first.</summary>
    FieldOvertaken,

    NoteMissing,

    /// <summary>Over <see cref="Notes.NoteBook.MaxLength"/>.</summary>
    NoteTooLong,

    TookOver,

    HandedBack,

    /// <summary>Given to a colleague.</summary>
    Assigned,
}

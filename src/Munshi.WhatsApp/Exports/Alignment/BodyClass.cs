namespace Munshi.WhatsApp.Exports.Alignment;

/// <summary>What of a message is the same in every export of its chat.</summary>
public enum BodyClass
{
    /// <summary>Its words are; until it is edited or deleted.</summary>
    Words,

    /// <summary>That there is a file; its name and its caption may be missing.</summary>
    File,

    /// <summary>That there is an address card.</summary>
    Card,

    /// <summary>That there was a call; the words are the phone's language.</summary>
    Call,

    /// <summary>That the app said something; the words are the phone's language.</summary>
    App,

    /// <summary>That the app wrote something in a message's place, in words that are not known: a deletion, a file, a call.</summary>
    Unknown,

    /// <summary>Nothing: whatever stood there was deleted.</summary>
    Deleted,
}

namespace Munshi.WhatsApp.Exports;

/// <summary>What a phrase of the app's stands for; the first column of <c>phrases.tsv</c>.</summary>
internal enum PhraseUse
{
    /// <summary>In the place of a file that was left out.</summary>
    Omitted,

    /// <summary>Before or after the name of a file, in brackets.</summary>
    Attached,

    Deleted,

    /// <summary>At the end of a message.</summary>
    Edited,

    Call,

    /// <summary>The first line of a poll.</summary>
    Poll,

    /// <summary>Before the address of a map.</summary>
    Location,

    LiveLocation,

    /// <summary>A message that had not arrived when the chat was exported.</summary>
    Waiting,

    /// <summary>A line of the app's own.</summary>
    System,

    /// <summary>The name of the file, without its ending; <c>*</c> is the chat's name.</summary>
    ChatName,
}

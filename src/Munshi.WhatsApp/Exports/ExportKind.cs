namespace Munshi.WhatsApp.Exports;

/// <summary>What a record of an export is.</summary>
public enum ExportKind
{
    Text,

    /// <summary>A photo, video, voice note, document or sticker, in the export or left out of it.</summary>
    Media,

    /// <summary>A line of the app's own, written by nobody.</summary>
    System,

    Deleted,
    Call,
    Poll,
    Location,
    Contact,
}

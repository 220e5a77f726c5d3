namespace Munshi.WhatsApp.Exports;

/// <summary>What kind of file a media record stands for, as far as its name or the app's words tell.</summary>
public enum MediaType
{
    /// <summary>Not a file, or the export does not say (Android's <c>&lt;Media omitted&gt;</c>).</summary>
    Unknown,

    Image,
    Video,
    Audio,
    Document,
    Sticker,
}

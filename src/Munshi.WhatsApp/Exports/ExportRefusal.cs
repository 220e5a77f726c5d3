namespace Munshi.WhatsApp.Exports;

/// <summary>Why a file is not read as an export at all.</summary>
public enum ExportRefusal
{
    Empty,

    /// <summary>No line begins as a message does.</summary>
    NotAnExport,

    /// <summary>Neither text nor a zip archive: a photo, for example.</summary>
    NotText,

    /// <summary>A zip archive that cannot be opened, or whose chat has another length or checksum than the archive says.</summary>
    BrokenArchive,

    /// <summary>A zip archive without <c>_chat.txt</c> and without exactly one other text that begins as a chat does.</summary>
    NoChatInArchive,

    /// <summary>A zip archive without a chat, but with another archive in it.</summary>
    NestedArchive,

    /// <summary>An entry's name is an absolute path or holds <c>..</c>, which no phone writes.</summary>
    UnsafeName,

    /// <summary>Two entries of the chat's name.</summary>
    DuplicateEntry,

    /// <summary>The chat's entry is encrypted.</summary>
    Encrypted,

    /// <summary>More than <see cref="ChatExport.MaxArchiveEntries"/> entries.</summary>
    TooManyEntries,

    /// <summary>The text is longer than <see cref="ChatExport.MaxTextBytes"/>, or inflates beyond <see cref="ChatExport.MaxRatio"/>.</summary>
    TooLarge,
}

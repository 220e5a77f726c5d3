namespace Munshi.WhatsApp.Backups;

/// <summary>Why a file is not read as a backup of messages at all.</summary>
public enum BackupRefusal
{
    /// <summary>Its beginning is not that of a backup.</summary>
    NotABackup,

    /// <summary>Of an app before 2021: crypt12 and older.</summary>
    TooOld,

    /// <summary>A crypt14 file with the key of end-to-end encrypted backups, or a crypt15 file with the key of the app.</summary>
    KeyOfOtherKind,

    /// <summary>The file is whole, and another key made it.</summary>
    WrongKey,

    /// <summary>The key fits, and the file was cut off or changed.</summary>
    Damaged,

    /// <summary>Neither the key nor the file proves right.</summary>
    WrongKeyOrDamaged,

    /// <summary>One of several files that are a backup together, as <c>msgstore-increment-…</c> is.</summary>
    OneOfSeveral,

    /// <summary>A backup of something else: stickers, settings, contacts.</summary>
    NoMessages,

    /// <summary>Messages in the one table that the app had before 2021.</summary>
    OldTables,

    /// <summary>The database is larger than any phone's.</summary>
    TooLarge,

    /// <summary>The file opens, and the database in it cannot be read.</summary>
    BrokenDatabase,
}

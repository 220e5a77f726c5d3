namespace Munshi.Import.Backups;

/// <summary>What in a backup could not be taken as it stands.</summary>
internal enum BackupProblemKind
{
    /// <summary>A kind of message that is not known.</summary>
    UnknownType,

    /// <summary>Something that the app said, by a number that is not known.</summary>
    UnknownNotice,

    /// <summary>Longer than any phone sends; its beginning was taken.</summary>
    Cut,

    /// <summary>Without a time that a message can have; left out.</summary>
    NoTime,
}

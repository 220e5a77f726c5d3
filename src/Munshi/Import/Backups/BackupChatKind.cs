namespace Munshi.Import.Backups;

/// <summary>With whom a chat is.</summary>
internal enum BackupChatKind
{
    Person,
    Group,

    /// <summary>Status, a channel, a broadcast list, an assistant.</summary>
    Other,
}

namespace Munshi.WhatsApp.Backups;

/// <summary>How a backup is encrypted.</summary>
public enum BackupKind
{
    /// <summary>With a key that WhatsApp keeps and the app holds in its private folder.</summary>
    Crypt14,

    /// <summary>End to end, with a key that the user was shown.</summary>
    Crypt15,
}

namespace Munshi.WhatsApp.Backups;

/// <summary>Whether a file could be opened as a backup.</summary>
public abstract record BackupOpening
{
    private BackupOpening()
    {
    }

    /// <param name="Backup">To be disposed by the caller.</param>
    public sealed record Opened(BackupFile Backup) : BackupOpening;

    public sealed record Refused(BackupRefusal Reason) : BackupOpening;
}

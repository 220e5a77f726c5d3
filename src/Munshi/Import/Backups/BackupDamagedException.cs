namespace Munshi.Import.Backups;

/// <summary>The database of a backup cannot be read on.</summary>
internal sealed class BackupDamagedException(Exception? cause = null) : Exception("The database of the backup is damaged.", cause);

namespace Munshi.Import.Backups;

/// <summary>Something in a backup that could not be taken as it stands.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">The app's number for it; 0 where there is none.</param>
/// <param name="Count">How often.</param>
internal sealed record BackupProblem(BackupProblemKind Kind, long Number, long Count);

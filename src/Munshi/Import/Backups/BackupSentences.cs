using Munshi.WhatsApp.Backups;

namespace Munshi.Import.Backups;

/// <summary>What is told of a backup, in plain sentences and in the words of the JSON output.</summary>
internal static class BackupSentences
{
    public static string Of(BackupRefusal refusal, string path) => refusal switch
    {
        BackupRefusal.NotABackup => $"The file {path} is not a backup that WhatsApp on Android writes: give msgstore.db.crypt15 as it lies on the phone.",
        BackupRefusal.TooOld => $"The backup {path} is of the kind crypt12 or older, which is not read: let an app of today make a new one.",
        BackupRefusal.KeyOfOtherKind =>
            $"The key is not of the kind that {path} needs: crypt15 opens with the 64 digits or encrypted_backup.key, crypt14 with the app's file called key.",
        BackupRefusal.WrongKey => $"This is not the key of the backup {path}. A password or passkey is not the key: WhatsApp shows the 64 digits when the backup is set up with them.",
        BackupRefusal.Damaged => $"The key fits, but the backup {path} was cut off or changed on its way, so nothing of it was read: copy it again.",
        BackupRefusal.WrongKeyOrDamaged => $"The backup {path} does not open: either this is not its key, or it was cut off or changed on its way. Nothing of it was read.",
        BackupRefusal.OneOfSeveral => $"The file {path} is one of several that are a backup together, as increments are: give msgstore.db.crypt15 itself.",
        BackupRefusal.NoMessages => $"The backup {path} holds no messages but something else: give msgstore.db.crypt15.",
        BackupRefusal.OldTables => $"The backup {path} keeps its messages as the app did before 2021, which is not read: let an app of today make a new one.",
        BackupRefusal.TooLarge => $"The database in {path} is larger than any phone's, so nothing of it was read.",
        _ => $"The database in {path} is damaged, so nothing of it was imported: let the phone make a new backup.",
    };

    public static string Word(BackupProblemKind kind) => kind switch
    {
        BackupProblemKind.UnknownType => "unknown-type",
        BackupProblemKind.UnknownNotice => "unknown-notice",
        BackupProblemKind.Cut => "cut",
        _ => "no-time",
    };

    public static string Of(BackupProblem problem)
    {
        string what = problem.Kind switch
        {
            BackupProblemKind.UnknownType => FormattableString.Invariant($"Messages of the kind {problem.Number} are not known; their words and files were taken, nothing else of them."),
            BackupProblemKind.UnknownNotice => FormattableString.Invariant($"WhatsApp said something by the number {problem.Number}, which is not known; it stands without words."),
            BackupProblemKind.Cut => "A text is longer than any phone sends; its beginning was taken.",
            _ => "A message has no time that it can have; it was left out.",
        };
        return FormattableString.Invariant($"{what} ({problem.Count} in all)");
    }
}

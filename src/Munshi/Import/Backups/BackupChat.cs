namespace Munshi.Import.Backups;

/// <summary>A chat of a backup.</summary>
/// <param name="Id">Its number in the backup.</param>
/// <param name="Kind">With whom.</param>
/// <param name="Digits">The person's number, digits with country code; null where the backup has only WhatsApp's own id for them.</param>
/// <param name="Name">What the person calls themselves, or the group's subject; null where the backup does not tell.</param>
/// <param name="Messages">How many there are, the app's own lines among them.</param>
/// <param name="First">The oldest; null where none has a time.</param>
/// <param name="Last">The newest.</param>
internal sealed record BackupChat(long Id, BackupChatKind Kind, string? Digits, string? Name, long Messages, DateTimeOffset? First, DateTimeOffset? Last)
{
    public override string ToString() => $"{nameof(BackupChat)} {Id}";
}

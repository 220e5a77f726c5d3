namespace Munshi.Import.Backups;

/// <summary>What the app says between messages of two people, by the number it has for it (<c>message_system.action_type</c>): the phone keeps no words.</summary>
internal static class BackupNotices
{
    public const string Disappearing = "The setting for disappearing messages was changed.";

    private const long Blocking = 58;

    /// <summary>Null for a number that is not known.</summary>
    public static string? Of(long action, bool isBlocked) => action switch
    {
        10 or 28 => "The phone number was changed.",
        18 => "The security code changed.",
        56 or 59 => Disappearing,
        57 => "Linked devices were added or removed.",
        Blocking => isBlocked ? "The contact was blocked." : "The contact was unblocked.",
        67 => "Messages and calls are end-to-end encrypted.",
        69 => "A notice about the business account.",
        129 => "The sender is a contact.",
        _ => null,
    };
}

namespace Munshi.Import.Backups;

/// <summary>Which chats of a backup are meant.</summary>
internal abstract record BackupChoice
{
    private const string List = "./munshi chat read FILE --key KEYFILE lists them";

    private BackupChoice()
    {
    }

    /// <param name="Chats">Of one person.</param>
    /// <param name="Digits">Their number; null where neither the backup nor anybody told.</param>
    internal sealed record Chosen(IReadOnlyList<BackupChat> Chats, string? Digits) : BackupChoice
    {
        public override string ToString() => nameof(Chosen);
    }

    internal sealed record Refused(string Sentence) : BackupChoice;

    /// <param name="chats">All of the backup.</param>
    /// <param name="number">Of the chat, in the backup; null to go by the person's number.</param>
    /// <param name="digits">The person's number, if told.</param>
    public static BackupChoice Of(IReadOnlyList<BackupChat> chats, long? number, string? digits)
    {
        if (number is { } asked)
        {
            return chats.FirstOrDefault(chat => chat.Id == asked) is { } chat
                ? Of(chats, chat, digits)
                : new Refused(FormattableString.Invariant($"The backup has no chat {asked}; {List}, {chats.Count} in all."));
        }

        if (digits is null)
        {
            return new Refused("A backup holds many chats: say whose with --contact NUMBER, or which with --chat N.");
        }

        BackupChat[] found = [.. chats.Where(chat => chat.Kind is BackupChatKind.Person && chat.Digits == digits)];
        return found.Length > 0 ? new Chosen(found, digits) : new Refused(FormattableString.Invariant(
            $"None of the {chats.Count} chats in this backup is with that number; {List}. A chat whose number the backup does not hold is chosen with --chat N."));
    }

    private static BackupChoice Of(IReadOnlyList<BackupChat> chats, BackupChat chat, string? digits) => chat switch
    {
        { Kind: BackupChatKind.Group } => new Refused(FormattableString.Invariant($"Chat {chat.Id} is a group's, and only chats with one customer can be read and imported.")),
        { Kind: BackupChatKind.Other } => new Refused(FormattableString.Invariant($"Chat {chat.Id} is with no person, and only chats with one customer can be read and imported.")),
        { Digits: null } => new Chosen([chat], digits),
        _ when digits is not null && digits != chat.Digits => new Refused(FormattableString.Invariant($"Chat {chat.Id} is with another number than --contact says.")),
        _ => new Chosen([.. chats.Where(other => other.Kind is BackupChatKind.Person && other.Digits == chat.Digits)], chat.Digits),
    };
}

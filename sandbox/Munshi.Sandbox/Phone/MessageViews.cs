namespace Munshi.Sandbox.Phone;

/// <summary>A message as its phone shows it.</summary>
internal static class MessageViews
{
    private const string Deleted = "You deleted this message";

    /// <param name="version">See <see cref="PhoneMessageView.Version"/>.</param>
    /// <param name="index">Of the conversation.</param>
    public static PhoneMessageView Of(PhoneMessage message, long version, ThreadIndex index)
    {
        PhoneMessage? about = index.About(message);
        return new PhoneMessageView(
            message.Id, message.Direction, message.Kind, Shown(message), message.Options, message.Status, message.At, about?.Id, message.Wamid, version, message.IsEdited, message.IsDeleted)
        {
            Look = Look(message, about, index),
        };
    }

    private static MessageLook Look(PhoneMessage message, PhoneMessage? about, ThreadIndex index)
    {
        (PhoneMessage? Own, PhoneMessage? Theirs) reactions = index.ReactionsTo(message);
        long version = Math.Max(Math.Max(message.Sequence, message.ChangedBy), Math.Max(reactions.Own?.Sequence ?? 0, reactions.Theirs?.Sequence ?? 0)) + (long)message.Status;
        return message.IsDeleted
            ? MessageLook.Plain with { Version = version }
            : new MessageLook(
                message.Header,
                message.Footer,
                message.ListLabel,
                message.Sections,
                message.File,
                about is null ? null : new QuotedMessage(about.Id, about.Direction, Shown(about)),
                [.. new[] { reactions.Own, reactions.Theirs }.Select(reaction => reaction?.Text ?? "").Where(emoji => emoji.Length > 0)],
                reactions.Own is { Text.Length: > 0 } own ? own.Text : null,
                message.Details,
                message.Mark,
                message.IsEvent,
                version);
    }

    private static string Shown(PhoneMessage message) => message.IsDeleted ? Deleted : message.Text;
}

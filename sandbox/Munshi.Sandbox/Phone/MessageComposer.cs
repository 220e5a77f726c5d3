using System.Text.Json.Nodes;
using Munshi.Sandbox.Phone.Kinds;

namespace Munshi.Sandbox.Phone;

/// <summary>Turns what the customer does into Meta's message parts. Total.</summary>
internal static class MessageComposer
{
    private const int MaxTextLength = 65_536;
    private const int MaxNameLength = 100;

    /// <param name="thread">The customer's conversation.</param>
    /// <param name="input">What the customer does.</param>
    /// <param name="now">Edits and deletions have a time limit.</param>
    public static Composition Compose(PhoneThread thread, CustomerInput input, DateTimeOffset now)
    {
        int contents = input.CountContents();
        if (contents > 1 || (contents == 0 && input.Raw is null))
        {
            return new Composition.Refused(CustomerInput.OneContent);
        }

        if (input.Text is { } text && (text.Length > MaxTextLength || (text.Length == 0 && input.File is null)))
        {
            return new Composition.Refused($"text must have 1 to {MaxTextLength} characters.");
        }

        if (input.Name is { Length: 0 or > MaxNameLength })
        {
            return new Composition.Refused($"name must have 1 to {MaxNameLength} characters.");
        }

        PhoneMessage? quoted = null;
        if (input.ReplyTo is { } replyTo && (quoted = Find(thread, replyTo)) is null)
        {
            return new Composition.Refused("replyTo is not the id of a message on this phone.");
        }

        Composition content = Compose(thread, input, quoted, now);
        return content is Composition.Composed composed ? MessageOrigin.Mark(composed, input) : content;
    }

    private static Composition Compose(PhoneThread thread, CustomerInput input, PhoneMessage? quoted, DateTimeOffset now) => input switch
    {
        { File: { } file } => MediaComposer.Compose(file, input.Text, quoted),
        { Text: { } body } => new Composition.Composed("text", body, new JsonObject { ["body"] = body }, quoted),
        { ButtonId: { } id } => OfTap(thread, quoted, id, "buttonId", option => option.Kind is OptionKind.Button or OptionKind.QuickReply),
        { ListId: { } id } => OfTap(thread, quoted, id, "listId", option => option.Kind == OptionKind.List),
        { Reaction: { } reaction } => OfReaction(thread, reaction),
        { Sticker: { } sticker } => MediaComposer.Compose(sticker.Animated ? CarriedMedia.MovingSticker : CarriedMedia.Sticker, null, quoted),
        { Voice: true } => MediaComposer.Compose(CarriedMedia.Voice, null, quoted),
        { Location: { } location } => location.Compose(quoted),
        { Contacts: { } contacts } => contacts.Compose(input.Name is { } name ? thread.Identity with { ProfileName = name } : thread.Identity, quoted),
        { Order: { } order } => order.Compose(quoted),
        { Form: { } form } => form.Compose(quoted ?? NewestOfBusiness(thread)),
        { QuickReply: { } reply } => reply.Compose(quoted ?? NewestOfBusiness(thread)),
        { Edit: { } edit } => edit.Compose(Own(thread, edit.MessageId), now),
        { Revoke: { } revoke } => RevokeInput.Compose(Own(thread, revoke.MessageId), now),
        { Unsupported: { } unsupported } => unsupported.Compose(),
        { Welcome: true } => thread.LastSequence == 0
            ? new Composition.Composed("request_welcome", "You opened the chat", null)
            : new Composition.Refused("The chat is not empty: it can be opened for the first time only once."),
        { Marketing: { } choice } => MarketingPreference.Compose(choice),
        { NewNumber: { } number } => NumberChange.Compose(thread.Identity, number),
        _ => new Composition.Composed("unknown", "", null, quoted),
    };

    private static PhoneMessage? Find(PhoneThread thread, string id) =>
        thread.Find(message => message.Id == id || message.Wamid == id) is [PhoneMessage found, ..] ? found : null;

    private static PhoneMessage? Own(PhoneThread thread, string? id) =>
        id is not null && Find(thread, id) is { Direction: MessageDirection.Customer } found ? found : null;

    private static PhoneMessage? NewestOfBusiness(PhoneThread thread) =>
        thread.Find(message => message is { Direction: MessageDirection.Business, Kind: not "reaction" }) is [PhoneMessage newest, ..] ? newest : null;

    /// <param name="on">The message tapped; null for the newest that offers it.</param>
    private static Composition OfTap(PhoneThread thread, PhoneMessage? on, string id, string field, Func<PhoneOption, bool> allowed)
    {
        foreach (PhoneMessage message in thread.Find(message =>
            message.Direction == MessageDirection.Business && message.Options.Count > 0 && (on is null || on.Sequence == message.Sequence)))
        {
            if (message.Options.FirstOrDefault(option => option.Id == id && allowed(option)) is { } tapped)
            {
                return tapped.Kind == OptionKind.QuickReply
                    ? new Composition.Composed("button", tapped.Title, new JsonObject { ["payload"] = tapped.Id, ["text"] = tapped.Title }, message)
                    : new Composition.Composed("interactive", tapped.Title, Reply(tapped), message);
            }
        }

        return new Composition.Refused($"The business has offered nothing with that {field}.");
    }

    private static JsonObject Reply(PhoneOption tapped)
    {
        string type = tapped.Kind == OptionKind.List ? "list_reply" : "button_reply";
        JsonObject reply = new() { ["id"] = tapped.Id, ["title"] = tapped.Title };
        if (tapped.Description is { } description)
        {
            reply["description"] = description;
        }

        return new JsonObject { ["type"] = type, [type] = reply };
    }

    private static Composition OfReaction(PhoneThread thread, ReactionInput reaction)
    {
        if (reaction.MessageId is null || Find(thread, reaction.MessageId) is not { } target)
        {
            return new Composition.Refused("reaction.messageId is not the id of a message on this phone.");
        }

        JsonObject part = new() { ["message_id"] = target.Wamid };
        if (!string.IsNullOrEmpty(reaction.Emoji))
        {
            part["emoji"] = reaction.Emoji;
        }

        return new Composition.Composed("reaction", reaction.Emoji ?? "", part, target);
    }
}

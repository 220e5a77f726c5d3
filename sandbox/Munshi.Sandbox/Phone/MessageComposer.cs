using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone;

/// <summary>Turns what the customer does into Meta's message parts. Total.</summary>
internal static class MessageComposer
{
    private const int MaxTextLength = 65_536;
    private const int MaxNameLength = 100;

    public static Composition Compose(PhoneThread thread, CustomerInput input)
    {
        int contents = new[] { input.File is null && input.Text is not null, input.ButtonId is not null, input.ListId is not null, input.Reaction is not null, input.File is not null }.Count(given => given);
        if (contents > 1 || (contents == 0 && input.Raw is null))
        {
            return new Composition.Refused("Give exactly one of text, buttonId, listId, reaction, a file or raw.");
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

        return input switch
        {
            { File: { } file } => OfFile(file, input.Text, quoted),
            { Text: { } body } => new Composition.Composed("text", body, new JsonObject { ["body"] = body }, quoted),
            { ButtonId: { } id } => OfTap(thread, quoted, id, "buttonId", option => option.Kind is OptionKind.Button or OptionKind.QuickReply),
            { ListId: { } id } => OfTap(thread, quoted, id, "listId", option => option.Kind == OptionKind.List),
            { Reaction: { } reaction } => OfReaction(thread, reaction),
            _ => new Composition.Composed("unknown", "", null, quoted),
        };
    }

    private static PhoneMessage? Find(PhoneThread thread, string id) =>
        thread.Find(message => message.Id == id || message.Wamid == id) is [PhoneMessage found, ..] ? found : null;

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

    private static Composition.Composed OfFile(CustomerFile file, string? caption, PhoneMessage? quoted)
    {
        JsonObject part = [];
        if (!string.IsNullOrEmpty(caption) && file.Kind != "audio")
        {
            part["caption"] = caption;
        }

        if (file.Kind == "document")
        {
            part["filename"] = file.Name;
        }

        part["mime_type"] = file.ContentType;
        part["sha256"] = file.Sha256;
        part["id"] = (RandomNumberGenerator.GetInt32(int.MaxValue) + 1_000_000_000_000L).ToString(CultureInfo.InvariantCulture);
        return new Composition.Composed(file.Kind, string.IsNullOrEmpty(caption) ? file.Name : caption, part, quoted, $"{file.Name} ({file.ContentType})");
    }
}

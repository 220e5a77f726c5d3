using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads the part of a message that its <c>type</c> names; where that part is missing, the message is <see cref="OtherContent"/>.</summary>
internal static class MessageContentReader
{
    private const int MaxTypeLength = 64;
    private const int MaxTitleLength = 256;

    /// <summary>Longer than any id or payload we may set on a button: Meta allows 256.</summary>
    private const int MaxReplyLength = 1024;

    /// <summary>A family emoji with skin tones takes 25 UTF-16 units.</summary>
    private const int MaxEmojiLength = 64;

    public static MessageContent Read(PayloadReader reader, JsonElement message, string type) => type switch
    {
        "text" => Text(reader, message.Field("text"u8)),
        "reaction" => Reaction(reader, message.Field("reaction"u8)),
        "interactive" => Interactive(reader, message.Field("interactive"u8)),
        "button" => TemplateButton(reader, message.Field("button"u8)),
        "unsupported" => Unsupported(reader, message),
        _ => null,
    } ?? new OtherContent(type);

    private static TextContent? Text(PayloadReader reader, JsonElement text) =>
        reader.Text(text.Field("body"u8), InboundMessage.MaxTextLength) is { } body ? new TextContent(body) : null;

    private static ReactionContent? Reaction(PayloadReader reader, JsonElement reaction)
    {
        if (PayloadReader.Reference(reaction.Field("message_id"u8)) is not { } messageId)
        {
            return null;
        }

        string? emoji = reader.Text(reaction.Field("emoji"u8), MaxEmojiLength);
        return new ReactionContent(messageId, string.IsNullOrEmpty(emoji) ? null : emoji);
    }

    private static MessageContent? Interactive(PayloadReader reader, JsonElement interactive)
    {
        string? kind = reader.Text(interactive.Field("type"u8), MaxTypeLength);
        MessageContent? reply = kind switch
        {
            "button_reply" => Reply(reader, ReplyKind.Button, interactive.Field("button_reply"u8)),
            "list_reply" => Reply(reader, ReplyKind.ListRow, interactive.Field("list_reply"u8)),
            _ => null,
        };
        return reply ?? (string.IsNullOrEmpty(kind) ? null : new OtherContent(kind));
    }

    private static ReplyContent? Reply(PayloadReader reader, ReplyKind kind, JsonElement reply)
    {
        string? id = reader.Text(reply.Field("id"u8), MaxReplyLength);
        string? title = reader.Text(reply.Field("title"u8), MaxReplyLength);
        return id is null && title is null ? null : new ReplyContent(kind, id ?? "", title ?? "");
    }

    private static ReplyContent? TemplateButton(PayloadReader reader, JsonElement button)
    {
        string? payload = reader.Text(button.Field("payload"u8), MaxReplyLength);
        string? text = reader.Text(button.Field("text"u8), MaxReplyLength);
        return payload is null && text is null ? null : new ReplyContent(ReplyKind.TemplateButton, payload ?? "", text ?? "");
    }

    private static UnsupportedContent Unsupported(PayloadReader reader, JsonElement message)
    {
        JsonElement error = message.Field("errors"u8).First();
        return new UnsupportedContent(
            error.Field("code"u8).Int32(),
            reader.Text(message.Field("unsupported"u8).Field("type"u8), MaxTypeLength),
            reader.Text(error.Field("title"u8), MaxTitleLength));
    }
}

using System.Text.Json;
using Munshi.WhatsApp.Json;
using Munshi.WhatsApp.Webhooks.Cards;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads the part of a message that its <c>type</c> names; where that part is missing, the message is <see cref="OtherContent"/>.</summary>
internal static class MessageContentReader
{
    /// <summary>A family emoji with skin tones takes 25 UTF-16 units.</summary>
    private const int MaxEmojiLength = 64;

    /// <param name="reader">Takes what was wrong.</param>
    /// <param name="message">The message.</param>
    /// <param name="type">Its <c>type</c>.</param>
    /// <param name="sender">Who wrote it.</param>
    public static MessageContent Read(PayloadReader reader, JsonElement message, string type, CustomerIdentity sender) => type switch
    {
        "system" => SystemContentReader.Read(reader, message.Field("system"u8), sender),
        "edit" => Edit(reader, message.Field("edit"u8)),
        "revoke" => Revoke(message.Field("revoke"u8)),
        _ => Plain(reader, message, type),
    } ?? new OtherContent(type);

    /// <summary>What can be edited too.</summary>
    private static MessageContent? Plain(PayloadReader reader, JsonElement message, string type) => type switch
    {
        "text" => Text(reader, message.Field("text"u8)),
        "image" or "audio" or "video" or "document" or "sticker" => MediaContentReader.Read(reader, message, type),
        "media_placeholder" => new MediaPlaceholderContent(),
        "location" => Location(reader, message.Field("location"u8)),
        "contacts" => Contacts(reader, message),
        "reaction" => Reaction(reader, message.Field("reaction"u8)),
        "interactive" => ReplyReader.Interactive(reader, message.Field("interactive"u8)),
        "button" => ReplyReader.TemplateButton(reader, message.Field("button"u8)),
        "order" => Order(reader, message.Field("order"u8)),
        "request_welcome" => new RequestWelcomeContent(),
        "unsupported" => Unsupported(reader, message),
        _ => null,
    };

    private static TextContent? Text(PayloadReader reader, JsonElement text) =>
        reader.Words(text.Field("body"u8)) is { } body ? new TextContent(body) : null;

    private static LocationContent? Location(PayloadReader reader, JsonElement location) => location.ValueKind != JsonValueKind.Object ? null : new LocationContent
    {
        Latitude = location.Field("latitude"u8).Within(90),
        Longitude = location.Field("longitude"u8).Within(180),
        Name = reader.Line(location.Field("name"u8)),
        Address = reader.Line(location.Field("address"u8)),
        Link = PayloadReader.Link(location.Field("url"u8)),
    };

    private static ContactsContent? Contacts(PayloadReader reader, JsonElement message)
    {
        JsonElement cards = message.Field("contacts"u8);
        return cards.ValueKind == JsonValueKind.Array
            ? new ContactsContent(reader.Objects(cards, ContactCardReader.Read), reader.Word(message.Field("origin"u8)))
            : null;
    }

    /// <summary>Taken back where the emoji is missing, null or empty; anything else that is no text is no reaction we know.</summary>
    private static ReactionContent? Reaction(PayloadReader reader, JsonElement reaction)
    {
        JsonElement emoji = reaction.Field("emoji"u8);
        bool isEmoji = emoji.ValueKind is JsonValueKind.String or JsonValueKind.Null or JsonValueKind.Undefined;
        if (!isEmoji || PayloadReader.Reference(reaction.Field("message_id"u8)) is not { } messageId)
        {
            return null;
        }

        string? shown = reader.Text(emoji, MaxEmojiLength);
        return new ReactionContent(messageId, string.IsNullOrEmpty(shown) ? null : shown);
    }

    private static OrderContent? Order(PayloadReader reader, JsonElement order) => order.ValueKind != JsonValueKind.Object ? null : new OrderContent
    {
        CatalogId = PayloadReader.Reference(order.Field("catalog_id"u8)),
        Text = reader.Words(order.Field("text"u8)),
        Items = reader.Objects(order.Field("product_items"u8), static (reader, item) => new OrderItem(
            PayloadReader.Reference(item.Field("product_retailer_id"u8)),
            item.Field("quantity"u8).Decimal(),
            item.Field("item_price"u8).Decimal(),
            reader.Word(item.Field("currency"u8)))),
    };

    private static EditContent? Edit(PayloadReader reader, JsonElement edit)
    {
        if (PayloadReader.Reference(edit.Field("original_message_id"u8)) is not { } originalId)
        {
            return null;
        }

        JsonElement message = edit.Field("message"u8);
        string type = reader.Word(message.Field("type"u8)) ?? "";
        return new EditContent(originalId, Plain(reader, message, type) ?? new OtherContent(type))
        {
            Context = ContextReader.Context(message.Field("context"u8)),
        };
    }

    private static RevokeContent? Revoke(JsonElement revoke) =>
        PayloadReader.Reference(revoke.Field("original_message_id"u8)) is { } originalId ? new RevokeContent(originalId) : null;

    private static UnsupportedContent Unsupported(PayloadReader reader, JsonElement message)
    {
        JsonElement error = message.Field("errors"u8).First();
        return new UnsupportedContent(
            error.Field("code"u8).Int32(),
            reader.Word(message.Field("unsupported"u8).Field("type"u8)),
            reader.Text(error.Field("title"u8), ErrorReader.MaxTitleLength));
    }
}

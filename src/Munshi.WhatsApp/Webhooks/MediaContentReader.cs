using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads files; the part has the name of the type.</summary>
internal static class MediaContentReader
{
    public static MediaContent? Read(PayloadReader reader, JsonElement message, string type) => type switch
    {
        "image" when File(reader, message.Field("image"u8), out JsonElement part) is { } file =>
            new ImageContent(file) { Caption = reader.Words(part.Field("caption"u8)) },
        "audio" when File(reader, message.Field("audio"u8), out JsonElement part) is { } file =>
            new AudioContent(file, part.Field("voice"u8).IsTrue()) { Caption = reader.Words(part.Field("caption"u8)) },
        "video" when File(reader, message.Field("video"u8), out JsonElement part) is { } file =>
            new VideoContent(file) { Caption = reader.Words(part.Field("caption"u8)) },
        "document" when File(reader, message.Field("document"u8), out JsonElement part) is { } file =>
            new DocumentContent(file, reader.Line(part.Field("filename"u8))) { Caption = reader.Words(part.Field("caption"u8)) },
        "sticker" when File(reader, message.Field("sticker"u8), out JsonElement part) is { } file =>
            new StickerContent(file, part.Field("animated"u8).IsTrue()) { Caption = reader.Words(part.Field("caption"u8)) },
        _ => null,
    };

    private static MediaFile? File(PayloadReader reader, JsonElement media, out JsonElement part)
    {
        part = media;
        return media.ValueKind != JsonValueKind.Object ? null : new MediaFile
        {
            Id = PayloadReader.Reference(media.Field("id"u8)),
            MimeType = reader.Line(media.Field("mime_type"u8)),
            Sha256 = PayloadReader.Reference(media.Field("sha256"u8)),
            Link = PayloadReader.Link(media.Field("url"u8)),
        };
    }
}

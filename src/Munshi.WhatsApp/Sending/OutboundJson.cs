using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>What a message of ours holds, as Meta takes it and as it is kept: <c>type</c>, the member it names, and <c>context</c> where it quotes.</summary>
public static class OutboundJson
{
    private const int MaxIdLength = 512;

    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(OutboundContent content, string? quotedMessageId)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            json.WriteStartObject();
            content.Write(json);
            WriteContext(json, quotedMessageId);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <returns>Null for what is none of the kinds.</returns>
    public static OutboundContent? Read(ReadOnlyMemory<byte> json, out string? quotedMessageId)
    {
        quotedMessageId = null;
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return null;
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            quotedMessageId = root.Field("context"u8).Field("message_id"u8).Id(MaxIdLength);
            return root.Field("type"u8).Text(16) switch
            {
                "text" when root.Field("text"u8).Field("body"u8).Text(OutboundText.MaxLength) is { } body => new OutboundText(body),
                "interactive" => Interactive(root.Field("interactive"u8)),
                "button" or "list" => Interactive(root),
                "reaction" => Reaction(root.Field("reaction"u8)),
                "template" => Template(root.Field("template"u8)),
                { } type => Media(type, root),
                null => null,
            };
        }
    }

    internal static void WriteContext(Utf8JsonWriter json, string? quotedMessageId)
    {
        if (quotedMessageId is not null)
        {
            json.WriteStartObject("context"u8);
            json.WriteString("message_id"u8, quotedMessageId);
            json.WriteEndObject();
        }
    }

    private static OutboundContent? Interactive(JsonElement interactive)
    {
        string? body = interactive.Field("body"u8).Field("text"u8).Text(OutboundText.MaxLength);
        JsonElement parameters = interactive.Field("action"u8).Field("parameters"u8);
        return (body, interactive.Field("type"u8).Text(32)) switch
        {
            (null, _) => null,
            (_, "cta_url") when parameters.Field("display_text"u8).Text(OutboundLink.MaxLabelLength) is { } label
                && parameters.Field("url"u8).Text(OutboundLink.MaxAddressLength) is { } address =>
                new OutboundLink(body, label, address) { Footer = interactive.Field("footer"u8).Field("text"u8).Text(ReplyOptions.MaxFooterLength) },
            (_, "location_request_message") => new OutboundLocationRequest(body),
            _ => InteractiveJson.Read(interactive) is { } options ? new OutboundOptions(body, options) : null,
        };
    }

    private static OutboundReaction? Reaction(JsonElement reaction) =>
        reaction.Field("message_id"u8).Id(MaxIdLength) is { } id ? new OutboundReaction(id, reaction.Field("emoji"u8).Text(OutboundReaction.MaxEmojiLength) ?? "") : null;

    private static OutboundMedia? Media(string type, JsonElement root)
    {
        OutboundMediaType? known = type switch
        {
            "image" => OutboundMediaType.Image,
            "video" => OutboundMediaType.Video,
            "audio" => OutboundMediaType.Audio,
            "sticker" => OutboundMediaType.Sticker,
            "document" => OutboundMediaType.Document,
            _ => null,
        };
        JsonElement file = type switch
        {
            "image" => root.Field("image"u8),
            "video" => root.Field("video"u8),
            "audio" => root.Field("audio"u8),
            "sticker" => root.Field("sticker"u8),
            _ => root.Field("document"u8),
        };
        string? id = file.Field("id"u8).Id(64);
        string? digest = id is null ? file.Field("sha256"u8).Id(64) : null;
        return known is { } shown && (id ?? digest) is not null
            ? new OutboundMedia(shown, id ?? "")
            {
                Digest = digest,
                Caption = file.Field("caption"u8).Text(OutboundMedia.MaxCaptionLength),
                FileName = file.Field("filename"u8).Text(OutboundMedia.MaxFileNameLength),
                Voice = file.Field("voice"u8).IsTrue(),
            }
            : null;
    }

    private static OutboundTemplate? Template(JsonElement template)
    {
        if (template.Field("name"u8).Id(512) is not { } name || template.Field("language"u8).Field("code"u8).Id(16) is not { } language)
        {
            return null;
        }

        List<TemplateParameter> header = [];
        List<TemplateParameter> body = [];
        List<TemplateButton> buttons = [];
        OutboundMedia? file = null;
        foreach (JsonElement component in Items(template.Field("components"u8)))
        {
            JsonElement parameters = component.Field("parameters"u8);
            switch (component.Field("type"u8).Text(16))
            {
                case "header" when parameters.First().Field("type"u8).Text(16) is { } type and not "text":
                    file = Media(type, parameters.First());
                    break;
                case "header":
                    header.AddRange(Texts(parameters));
                    break;
                case "body":
                    body.AddRange(Texts(parameters));
                    break;
                case "button" when component.Field("sub_type"u8).Text(16) is { } subType
                    && int.TryParse(component.Field("index"u8).Text(2), NumberStyles.None, CultureInfo.InvariantCulture, out int index):
                    JsonElement first = parameters.First();
                    string? value = first.Field("text"u8).Text(1024) ?? first.Field("payload"u8).Text(1024) ?? first.Field("coupon_code"u8).Text(1024);
                    if (value is not null)
                    {
                        buttons.Add(new TemplateButton(index, subType, value));
                    }

                    break;
            }
        }

        return new OutboundTemplate(name, language) { Header = header, HeaderMedia = file, Body = body, Buttons = buttons };
    }

    private static IEnumerable<TemplateParameter> Texts(JsonElement parameters) =>
        Items(parameters)
            .Select(parameter => parameter.Field("text"u8).Text(TemplateParameter.MaxLength) is { } text
                ? new TemplateParameter(text, parameter.Field("parameter_name"u8).Text(64))
                : null)
            .OfType<TemplateParameter>();

    private static JsonElement.ArrayEnumerator Items(JsonElement array) => array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;
}

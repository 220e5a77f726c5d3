using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>The <c>interactive</c> object of a message, as Meta takes it and as it is kept: what the customer saw.</summary>
public static class InteractiveJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(string body, ReplyOptions options)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(options);
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, WriterOptions))
        {
            Write(json, body, options);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <returns>Null for anything but one of the two kinds with at least one option.</returns>
    public static ReplyOptions? Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return null;
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            JsonElement within = root.Field("interactive"u8);
            return Read(within.ValueKind == JsonValueKind.Object ? within : root);
        }
    }

    internal static ReplyOptions? Read(JsonElement interactive)
    {
        JsonElement action = interactive.Field("action"u8);
        string? footer = interactive.Field("footer"u8).Field("text"u8).Text(ReplyOptions.MaxFooterLength);
        ReplyOptions? read = interactive.Field("type"u8).Text(16) switch
        {
            "button" => new ReplyButtons { Options = [.. Items(action.Field("buttons"u8)).Select(button => Option(button.Field("reply"u8))).OfType<ReplyOption>()], Footer = footer },
            "list" when action.Field("button"u8).Text(ReplyList.MaxLabelLength) is { } label => new ReplyList
            {
                Label = label,
                Options = [.. Items(action.Field("sections"u8)).SelectMany(section => Items(section.Field("rows"u8))).Select(Option).OfType<ReplyOption>()],
                Footer = footer,
            },
            _ => null,
        };
        return read is { Options.Count: > 0 } ? read : null;
    }

    internal static void Write(Utf8JsonWriter json, string body, ReplyOptions options)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, options is ReplyList ? "list"u8 : "button"u8);
        Text(json, "body"u8, body);
        if (options.Footer is { } footer)
        {
            Text(json, "footer"u8, footer);
        }

        json.WriteStartObject("action"u8);
        if (options is ReplyList list)
        {
            Rows(json, list);
        }
        else
        {
            Buttons(json, options);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Buttons(Utf8JsonWriter json, ReplyOptions options)
    {
        json.WriteStartArray("buttons"u8);
        foreach (ReplyOption option in options.Options)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "reply"u8);
            json.WriteStartObject("reply"u8);
            json.WriteString("id"u8, option.Id);
            json.WriteString("title"u8, option.Title);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Rows(Utf8JsonWriter json, ReplyList list)
    {
        json.WriteString("button"u8, list.Label);
        json.WriteStartArray("sections"u8);
        json.WriteStartObject();
        json.WriteStartArray("rows"u8);
        foreach (ReplyOption option in list.Options)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, option.Id);
            json.WriteString("title"u8, option.Title);
            if (option.Description is { } description)
            {
                json.WriteString("description"u8, description);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, ReadOnlySpan<byte> name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private static ReplyOption? Option(JsonElement option) =>
        option.Field("id"u8).Id(ReplyButtons.MaxIdLength) is { } id && option.Field("title"u8).Text(ReplyList.MaxTitleLength) is { } title
            ? new ReplyOption(id, title, option.Field("description"u8).Text(ReplyList.MaxDescriptionLength))
            : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement array) => array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : default;
}

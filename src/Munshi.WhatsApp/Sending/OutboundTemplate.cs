using System.Globalization;
using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>An approved template; the only kind that may leave outside the 24-hour window.</summary>
/// <param name="Name">As approved by Meta, for example <c>hello_world</c>; 1 to 512 characters.</param>
/// <param name="LanguageCode">The language it was approved in, for example <c>en_US</c>.</param>
public sealed record OutboundTemplate(string Name, string LanguageCode) : OutboundContent
{
    /// <summary>What its header needs: one text, or a file; empty where nothing is open.</summary>
    public IReadOnlyList<TemplateParameter> Header { get; init; } = [];

    /// <summary>A file in its header, uploaded before.</summary>
    public OutboundMedia? HeaderMedia { get; init; }

    public IReadOnlyList<TemplateParameter> Body { get; init; } = [];

    public IReadOnlyList<TemplateButton> Buttons { get; init; } = [];

    public override string Kind => "template";

    public override bool Fits => IsWithin(Name, 512)
        && IsWithin(LanguageCode, 16)
        && (Header.Count == 0 || HeaderMedia is null)
        && Header.Count <= 1
        && HeaderMedia is null or { Fits: true, AwaitsUpload: false, Type: OutboundMediaType.Document or OutboundMediaType.Image or OutboundMediaType.Video }
        && Header.All(parameter => parameter.Fits)
        && Body.All(parameter => parameter.Fits)
        && Buttons.All(button => button.Fits);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, "template"u8);
        json.WriteStartObject("template"u8);
        json.WriteString("name"u8, Name);
        json.WriteStartObject("language"u8);
        json.WriteString("code"u8, LanguageCode);
        json.WriteEndObject();
        if (Header.Count + Body.Count + Buttons.Count > 0 || HeaderMedia is not null)
        {
            json.WriteStartArray("components"u8);
            if (HeaderMedia is { } file)
            {
                Component(json, "header"u8);
                json.WriteStartObject();
                file.Write(json);
                json.WriteEndObject();
                End(json);
            }

            Texts(json, "header"u8, Header);
            Texts(json, "body"u8, Body);
            foreach (TemplateButton button in Buttons)
            {
                Write(json, button);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, ReadOnlySpan<byte> type, IReadOnlyList<TemplateParameter> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        Component(json, type);
        foreach (TemplateParameter parameter in parameters)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            if (parameter.Name is { } name)
            {
                json.WriteString("parameter_name"u8, name);
            }

            json.WriteString("text"u8, parameter.Text);
            json.WriteEndObject();
        }

        End(json);
    }

    private static void Write(Utf8JsonWriter json, TemplateButton button)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "button"u8);
        json.WriteString("sub_type"u8, button.SubType);
        json.WriteString("index"u8, button.Index.ToString(CultureInfo.InvariantCulture));
        json.WriteStartArray("parameters"u8);
        string member = button.SubType switch { "quick_reply" => "payload", "copy_code" => "coupon_code", _ => "text" };
        json.WriteStartObject();
        json.WriteString("type"u8, member);
        json.WriteString(member, button.Value);
        json.WriteEndObject();
        End(json);
    }

    private static void Component(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartArray("parameters"u8);
    }

    private static void End(Utf8JsonWriter json)
    {
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>A file that was uploaded before.</summary>
/// <param name="Type">What it is shown as.</param>
/// <param name="MediaId">Meta's, good for 30 days after the upload.</param>
public sealed record OutboundMedia(OutboundMediaType Type, string MediaId) : OutboundContent
{
    public const int MaxCaptionLength = 1024;
    public const int MaxFileNameLength = 240;

    /// <summary>Under an image, a video or a document.</summary>
    public string? Caption { get; init; }

    /// <summary>Of a document.</summary>
    public string? FileName { get; init; }

    /// <summary>Of audio: shown as a voice note. It must be Ogg with Opus, mono.</summary>
    public bool Voice { get; init; }

    public override string Kind => Type switch
    {
        OutboundMediaType.Image => "image",
        OutboundMediaType.Video => "video",
        OutboundMediaType.Audio => "audio",
        OutboundMediaType.Sticker => "sticker",
        _ => "document",
    };

    public override bool Fits => IsWithin(MediaId, 64)
        && !MediaId.AsSpan().ContainsAnyExceptInRange('0', '9')
        && (Caption is null || (Type is not (OutboundMediaType.Audio or OutboundMediaType.Sticker) && IsWithin(Caption, MaxCaptionLength)))
        && (FileName is null || (Type is OutboundMediaType.Document && IsWithin(FileName, MaxFileNameLength)))
        && (!Voice || Type is OutboundMediaType.Audio);

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, Kind);
        json.WriteStartObject(Kind);
        json.WriteString("id"u8, MediaId);
        if (Caption is not null)
        {
            json.WriteString("caption"u8, Caption);
        }

        if (FileName is not null)
        {
            json.WriteString("filename"u8, FileName);
        }

        if (Voice)
        {
            json.WriteBoolean("voice"u8, true);
        }

        json.WriteEndObject();
    }
}

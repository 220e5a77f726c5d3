using System.Buffers;
using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>A file: uploaded before, or one that is to be.</summary>
/// <param name="Type">What it is shown as.</param>
/// <param name="MediaId">Meta's, good for 30 days after the upload; empty before it, where <see cref="Digest"/> says which file it is.</param>
public sealed record OutboundMedia(OutboundMediaType Type, string MediaId) : OutboundContent
{
    public const int MaxCaptionLength = 1024;
    public const int MaxFileNameLength = 240;

    private const int DigestLength = 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Under an image, a video or a document.</summary>
    public string? Caption { get; init; }

    /// <summary>Of a document.</summary>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of the file, 64 lower-case hex digits; kept with a message of ours, never sent.</summary>
    public string? Digest { get; init; }

    /// <summary>Whether it must be uploaded before it can be sent.</summary>
    public bool AwaitsUpload => MediaId is { Length: 0 };

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

    public override bool Fits => (AwaitsUpload ? IsDigest(Digest) : Digest is null && IsWithin(MediaId, 64) && !MediaId.AsSpan().ContainsAnyExceptInRange('0', '9'))
        && (Caption is null || (Type is not (OutboundMediaType.Audio or OutboundMediaType.Sticker) && IsWithin(Caption, MaxCaptionLength)))
        && (FileName is null || (Type is OutboundMediaType.Document && IsWithin(FileName, MaxFileNameLength)))
        && (!Voice || Type is OutboundMediaType.Audio);

    /// <summary>As it is sent after the upload.</summary>
    public OutboundMedia Uploaded(string mediaId) => this with { MediaId = mediaId, Digest = null };

    internal override void Write(Utf8JsonWriter json)
    {
        json.WriteString("type"u8, Kind);
        json.WriteStartObject(Kind);
        if (AwaitsUpload)
        {
            json.WriteString("sha256"u8, Digest);
        }
        else
        {
            json.WriteString("id"u8, MediaId);
        }

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

    private static bool IsDigest(string? digest) => digest is { Length: DigestLength } && !digest.AsSpan().ContainsAnyExcept(HexDigits);
}

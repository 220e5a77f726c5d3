using Munshi.WhatsApp.Sending;

namespace Munshi.WhatsApp.Files;

/// <summary>What Meta takes as a file to be sent ("Supported media types", 2025-11-21).</summary>
public static class FileLimits
{
    public const int KiB = 1024;
    public const int MiB = 1024 * KiB;

    public const int MaxImageBytes = 5 * MiB;
    public const int MaxAudioBytes = 16 * MiB;
    public const int MaxVideoBytes = 16 * MiB;
    public const int MaxDocumentBytes = 100 * MiB;
    public const int MaxStickerBytes = 100 * KiB;
    public const int MaxMovingStickerBytes = 500 * KiB;

    /// <summary>What a file of this type is shown as, and its most bytes; null for a type that Meta does not take.</summary>
    /// <param name="contentType">Without parameters.</param>
    /// <param name="moves">Of a sticker.</param>
    public static (OutboundMediaType Type, int MaxBytes)? Of(string contentType, bool moves) => contentType switch
    {
        "image/jpeg" or "image/png" => (OutboundMediaType.Image, MaxImageBytes),
        "image/webp" => (OutboundMediaType.Sticker, moves ? MaxMovingStickerBytes : MaxStickerBytes),
        "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" => (OutboundMediaType.Audio, MaxAudioBytes),
        "video/mp4" or "video/3gpp" => (OutboundMediaType.Video, MaxVideoBytes),
        "text/plain" or "application/pdf" or "application/msword" or "application/vnd.ms-excel" or "application/vnd.ms-powerpoint"
            or "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            or "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            or "application/vnd.openxmlformats-officedocument.presentationml.presentation" => (OutboundMediaType.Document, MaxDocumentBytes),
        _ => null,
    };
}

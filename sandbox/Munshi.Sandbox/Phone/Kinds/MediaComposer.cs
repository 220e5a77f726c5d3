using System.Text.Json.Nodes;
using Munshi.Sandbox.Media;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A file as Meta tells of it: its type, its hash and an id to fetch it by.</summary>
internal static class MediaComposer
{
    public static Composition Compose(CustomerFile file, string? caption, PhoneMessage? quoted)
    {
        if (file.Role == FileRole.Sticker && file.ContentType != "image/webp")
        {
            return new Composition.Refused("A sticker is a WebP picture.");
        }

        if (file.Role == FileRole.Voice && !file.ContentType.StartsWith("audio/", StringComparison.Ordinal))
        {
            return new Composition.Refused("A voice message is an audio file.");
        }

        if (file.Role != FileRole.Plain && !string.IsNullOrEmpty(caption))
        {
            return new Composition.Refused("Stickers and voice messages have no caption.");
        }

        bool hasCaption = !string.IsNullOrEmpty(caption) && file.Kind != "audio";
        JsonObject part = [];
        if (hasCaption)
        {
            part["caption"] = caption;
        }

        if (file.Kind == "document")
        {
            part["filename"] = file.Name;
        }

        part["mime_type"] = file is { Role: FileRole.Voice, ContentType: "audio/ogg" } ? "audio/ogg; codecs=opus" : file.ContentType;
        part["sha256"] = file.Sha256;
        part["id"] = MediaFiles.NewId();
        if (file.Kind == "audio")
        {
            part["voice"] = file.Role == FileRole.Voice;
        }

        if (file.Kind == "sticker")
        {
            part["animated"] = file.IsMoving;
        }

        return new Composition.Composed(file.Kind, file.Role == FileRole.Plain ? hasCaption ? caption! : file.Name : Title(file), part, quoted)
        {
            File = file.Role == FileRole.Plain ? $"{file.Name} ({file.ContentType})" : null,
            Sent = file,
            Details = file.Role == FileRole.Plain ? [] : [new MessageDetail(file.Role == FileRole.Voice ? "voice" : "sticker", Title(file), [], file.Picture)],
        };
    }

    private static string Title(CustomerFile file) => file.Role == FileRole.Voice ? "Voice message" : file.IsMoving ? "Moving sticker" : "Sticker";
}

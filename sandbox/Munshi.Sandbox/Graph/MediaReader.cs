using System.Text.Json;

namespace Munshi.Sandbox.Graph;

/// <summary>Reads the part of a message that names an uploaded file.</summary>
internal static class MediaReader
{
    private const int MaxCaptionLength = 1024;

    public static bool Takes(string type) => type is "image" or "video" or "audio" or "document" or "sticker";

    public static GraphContent Read(string type, JsonElement part)
    {
        foreach (JsonProperty property in part.EnumerateObject())
        {
            bool allowed = property.Name switch
            {
                "id" => true,
                "caption" => type is "image" or "video" or "document",
                "filename" => type == "document",
                "voice" => type == "audio",
                _ => false,
            };
            if (!allowed)
            {
                return new GraphContent.Refused(GraphError.Parameter($"Unexpected key \"{property.Name}\" on param \"{type}\"."));
            }
        }

        if (!part.TryText("id", out string? id))
        {
            return new GraphContent.Refused(GraphError.Parameter($"The parameter {type}['id'] is required: the sandbox takes no links."));
        }

        part.TryText("caption", out string? caption);
        part.TryText("filename", out string? name);
        return caption?.Length > MaxCaptionLength
            ? new GraphContent.Refused(GraphError.Parameter($"Param {type}['caption'] must be at most {MaxCaptionLength} characters long."))
            : new GraphContent.Media(type, id, caption, name);
    }
}

using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>New words for an own text, or for the caption of an own picture, video or document.</summary>
internal sealed record EditInput(string? MessageId, string? Text)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <param name="original">Null when the phone has no such message of the customer's.</param>
    /// <param name="now">The limit counts from the original's time.</param>
    public Composition Compose(PhoneMessage? original, DateTimeOffset now)
    {
        if (original is null || original.IsDeleted || original.Kind is not ("text" or "image" or "video" or "document"))
        {
            return new Composition.Refused("edit.messageId is not the id of an own text, picture, video or document on this phone that is still there.");
        }

        if (now - original.At > Limit)
        {
            return new Composition.Refused("A message can be edited for 15 minutes.");
        }

        if (Text is not { Length: > 0 and <= 65_536 })
        {
            return new Composition.Refused("edit.text must have 1 to 65536 characters.");
        }

        JsonObject part = original.Kind == "text" ? new JsonObject { ["body"] = Text } : original.Media?.DeepClone().AsObject() ?? [];
        if (original.Kind != "text")
        {
            part["caption"] = Text;
        }

        JsonObject message = new() { ["context"] = new JsonObject { ["id"] = original.Wamid }, ["type"] = original.Kind, [original.Kind] = part };
        return new Composition.Composed("edit", Text, new JsonObject { ["original_message_id"] = original.Wamid, ["message"] = message }, original);
    }
}

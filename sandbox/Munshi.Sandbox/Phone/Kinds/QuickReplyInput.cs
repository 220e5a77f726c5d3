using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>A tap on a button of a template, also of one that this phone never had.</summary>
/// <param name="Payload">The text unless given.</param>
internal sealed record QuickReplyInput(string? Text, string? Payload = null)
{
    /// <param name="answered">The template; null for one that is no longer on the phone.</param>
    public Composition Compose(PhoneMessage? answered) => Text is not { Length: > 0 and <= 100 } || Payload is { Length: 0 or > 512 }
        ? new Composition.Refused("quickReply.text must have 1 to 100 characters, quickReply.payload 1 to 512.")
        : new Composition.Composed("button", Text, new JsonObject { ["payload"] = Payload ?? Text, ["text"] = Text }, answered) { AnswersEarlier = answered is null };
}

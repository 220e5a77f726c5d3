using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>"Delete for everyone".</summary>
internal sealed record RevokeInput(string? MessageId)
{
    /// <summary>"About two days" by Meta; as WhatsApp's help has it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromHours(60);

    /// <param name="original">Null when the phone has no such message of the customer's.</param>
    /// <param name="now">The limit counts from the original's time.</param>
    public static Composition Compose(PhoneMessage? original, DateTimeOffset now) =>
        original is null || original.IsDeleted || original.IsEvent || original.Kind is "reaction" or "edit" or "revoke"
            ? new Composition.Refused("revoke.messageId is not the id of an own message on this phone that is still there.")
            : now - original.At > Limit
                ? new Composition.Refused("A message can be deleted for everyone for about two days.")
                : new Composition.Composed("revoke", "", new JsonObject { ["original_message_id"] = original.Wamid }, original);
}

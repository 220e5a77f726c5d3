using System.Text.Json.Nodes;

namespace Munshi.Sandbox.Phone.Kinds;

/// <summary>WhatsApp's own setting "offers and announcements" of a chat.</summary>
internal static class MarketingPreference
{
    /// <summary>The name of the webhook's field and list; no kind of message.</summary>
    public const string Kind = "user_preferences";

    public static Composition Compose(string choice) => choice is "stop" or "resume"
        ? new Composition.Composed(Kind, choice == "stop" ? "You stopped marketing messages" : "You resumed marketing messages", new JsonObject
        {
            ["detail"] = $"User requested to {choice} marketing messages",
            ["category"] = "marketing_messages",
            ["value"] = choice,
        })
        : new Composition.Refused("marketing must be stop or resume.");

    /// <summary>The item of <c>user_preferences[]</c>; its time is a number, other than a message's.</summary>
    public static JsonObject ToJson(CustomerIdentity customer, JsonNode part, DateTimeOffset now)
    {
        JsonObject json = [];
        if (customer.Phone is { } phone)
        {
            json["wa_id"] = phone;
        }

        json["user_id"] = customer.UserId;
        foreach ((string name, JsonNode? value) in part.AsObject())
        {
            json[name] = value?.DeepClone();
        }

        json["timestamp"] = now.ToUnixTimeSeconds();
        return json;
    }
}

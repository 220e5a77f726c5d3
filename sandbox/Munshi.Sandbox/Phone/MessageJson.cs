using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Phone;

/// <summary>The item of <c>messages[]</c>.</summary>
internal static class MessageJson
{
    public static JsonObject Of(BusinessNumber number, CustomerIdentity sender, Composition.Composed message, DateTimeOffset now)
    {
        JsonObject json = [];
        JsonObject context = Context(number, sender, message);
        if (context.Count > 0)
        {
            json["context"] = context;
        }

        if (sender.Phone is { } phone)
        {
            json["from"] = phone;
        }

        if (message.Kind != "system" || sender.Phone is null)
        {
            json["from_user_id"] = sender.UserId;
        }

        json["id"] = Wamid.New(sender, MessageDirection.Customer);
        json["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        json["type"] = message.Kind;
        Take(json, message.Beside);
        if (message.Part is { } part)
        {
            json[message.Kind] = part.DeepClone();
        }

        return json;
    }

    private static JsonObject Context(BusinessNumber number, CustomerIdentity sender, Composition.Composed message)
    {
        JsonObject context = [];
        if (message.Quotes || message.AnswersEarlier)
        {
            bool ofBusiness = message.About?.Direction is not MessageDirection.Customer;
            if ((ofBusiness ? number.DisplayPhoneNumber : sender.Phone) is { } from)
            {
                context["from"] = from;
            }

            context["id"] = message.About?.Wamid ?? Wamid.New(sender, MessageDirection.Business);
        }

        Take(context, message.Context);
        return context;
    }

    private static void Take(JsonObject json, JsonObject members)
    {
        foreach ((string name, JsonNode? value) in members)
        {
            json[name] = value?.DeepClone();
        }
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Munshi.Tests.Running;

/// <summary>Webhook bodies in Meta's form. Non-ASCII is written as <c>\uXXXX</c>, as Meta does.</summary>
internal static class MetaPayload
{
    public static string NewId() => "wamid." + Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    public static string Now() => Seconds(TimeProvider.System.GetUtcNow());

    public static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static JsonObject Text(string from, string body) => Message(from, "text", new JsonObject { ["body"] = body });

    /// <summary>A text of a customer named by their number, their user id or both.</summary>
    public static JsonObject Text(string? from, string? userId, string body)
    {
        JsonObject message = Text(from ?? "", body);
        if (from is null)
        {
            message.Remove("from");
        }

        if (userId is not null)
        {
            message["from_user_id"] = userId;
        }

        return message;
    }

    /// <summary>As it, of a customer with a user id of the same digits.</summary>
    /// <param name="customer">The number.</param>
    /// <param name="by">What names them: <c>phone</c>, <c>user</c> or <c>both</c>.</param>
    /// <param name="body">The text.</param>
    public static JsonObject TextBy(string customer, string by, string body) =>
        Text(by == "user" ? null : customer, by == "phone" ? null : $"IN.55{customer}", body);

    public static JsonObject Message(string from, string type, JsonNode? part)
    {
        JsonObject message = new() { ["from"] = from, ["id"] = NewId(), ["timestamp"] = Now(), ["type"] = type };
        if (part is not null)
        {
            message[type] = part;
        }

        return message;
    }

    public static JsonObject Status(string id, string status, string recipient, string? callbackData)
    {
        JsonObject json = new() { ["id"] = id, ["status"] = status, ["timestamp"] = Now(), ["recipient_id"] = recipient };
        if (callbackData is not null)
        {
            json["biz_opaque_callback_data"] = callbackData;
        }

        return json;
    }

    public static byte[] Messages(params JsonObject[] messages) => Messages(RunningServer.PhoneNumberId, messages);

    public static byte[] Messages(string phoneNumberId, params JsonObject[] messages) => Delivery(Change(phoneNumberId, "messages", messages));

    public static byte[] Statuses(params JsonObject[] statuses) => Delivery(Change(RunningServer.PhoneNumberId, "statuses", statuses));

    public static JsonObject Change(string phoneNumberId, string list, params JsonObject[] items) => new()
    {
        ["field"] = "messages",
        ["value"] = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "919000000001", ["phone_number_id"] = phoneNumberId },
            [list] = new JsonArray([.. items.Select(item => item.DeepClone())]),
        },
    };

    public static byte[] Delivery(params JsonObject[] changes) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray(new JsonObject { ["id"] = "200000000000001", ["changes"] = new JsonArray([.. changes]) }),
    });
}

using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;
using Munshi.Sandbox.Phone.Kinds;

namespace Munshi.Sandbox.Webhooks;

/// <summary>The body of a webhook about a customer: of field <c>messages</c> or <c>user_preferences</c>.</summary>
internal static class WebhookEnvelope
{
    /// <param name="customer">Null for a system message: Meta gives no contacts with it.</param>
    public static byte[] Message(BusinessNumber number, CustomerIdentity? customer, JsonObject message) => Write(number, customer, "messages", message);

    public static byte[] Status(BusinessNumber number, CustomerIdentity customer, JsonObject status) => Write(number, customer, "statuses", status);

    public static byte[] Preference(BusinessNumber number, CustomerIdentity customer, JsonObject preference) =>
        Write(number, customer, MarketingPreference.Kind, preference, MarketingPreference.Kind);

    /// <summary>The status <c>failed</c>: Meta gives no contacts with it.</summary>
    public static byte[] FailedStatus(BusinessNumber number, JsonObject status) => Write(number, null, "statuses", status);

    /// <summary>One body with the changes of several, of one number, in that order.</summary>
    public static byte[] Merge(IReadOnlyList<byte[]> bodies)
    {
        JsonNode merged = JsonNode.Parse(bodies[0])!;
        JsonArray changes = merged["entry"]![0]!["changes"]!.AsArray();
        foreach (byte[] body in bodies.Skip(1))
        {
            changes.Add(JsonNode.Parse(body)!["entry"]![0]!["changes"]![0]!.DeepClone());
        }

        return MetaJson.Write(merged);
    }

    private static byte[] Write(BusinessNumber number, CustomerIdentity? customer, string list, JsonObject item, string field = "messages")
    {
        JsonObject value = new()
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject
            {
                ["display_phone_number"] = number.DisplayPhoneNumber,
                ["phone_number_id"] = number.PhoneNumberId,
            },
        };
        if (customer is not null)
        {
            value["contacts"] = new JsonArray(customer.Contact());
        }

        value[list] = new JsonArray(item);
        return MetaJson.Write(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = number.WabaId,
                ["changes"] = new JsonArray(new JsonObject { ["value"] = value, ["field"] = field }),
            }),
        });
    }
}

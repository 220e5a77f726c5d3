using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Webhooks;

/// <summary>The body of a webhook of field <c>messages</c>.</summary>
internal static class WebhookEnvelope
{
    public static byte[] Message(BusinessNumber number, CustomerNumber customer, string profileName, JsonObject message) =>
        Write(number, customer, profileName, "messages", message);

    public static byte[] Status(BusinessNumber number, CustomerNumber customer, string profileName, JsonObject status) =>
        Write(number, customer, profileName, "statuses", status);

    private static byte[] Write(BusinessNumber number, CustomerNumber customer, string profileName, string list, JsonObject item) =>
        MetaJson.Write(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = number.WabaId,
                ["changes"] = new JsonArray(new JsonObject
                {
                    ["value"] = new JsonObject
                    {
                        ["messaging_product"] = "whatsapp",
                        ["metadata"] = new JsonObject
                        {
                            ["display_phone_number"] = number.DisplayPhoneNumber,
                            ["phone_number_id"] = number.PhoneNumberId,
                        },
                        ["contacts"] = new JsonArray(new JsonObject
                        {
                            ["profile"] = new JsonObject { ["name"] = profileName },
                            ["wa_id"] = customer.Digits,
                            ["user_id"] = customer.UserId,
                        }),
                        [list] = new JsonArray(item),
                    },
                    ["field"] = "messages",
                }),
            }),
        });
}

using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Webhooks;

/// <summary>Tells the business how far its messages came.</summary>
internal sealed class StatusWebhooks(WebhookSender webhooks, Faults faults, TimeProvider clock)
{
    public void Send(BusinessNumber number, PhoneThread thread, PhoneMessage message, MessageStatus status)
    {
        if (faults.Take(Fault.StatusLoss))
        {
            return;
        }

        JsonObject json = new()
        {
            ["id"] = message.Wamid,
            ["status"] = status.ToString().ToLowerInvariant(),
            ["timestamp"] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["recipient_id"] = thread.Customer.Digits,
            ["recipient_user_id"] = thread.Customer.UserId,
        };
        if (message.CallbackData is { } callbackData)
        {
            json["biz_opaque_callback_data"] = callbackData;
        }

        if (status == MessageStatus.Sent)
        {
            json["pricing"] = new JsonObject
            {
                ["billable"] = true,
                ["pricing_model"] = "PMP",
                ["type"] = "regular",
                ["category"] = message.Kind == "template" ? "utility" : "service",
            };
        }

        webhooks.Send(new WebhookDelivery
        {
            PhoneNumberId = number.PhoneNumberId,
            Lane = thread.Customer.Digits,
            Body = WebhookEnvelope.Status(number, thread.Customer, thread.ProfileName, json),
        });
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Webhooks;

/// <summary>Tells the business how far its messages came.</summary>
internal sealed class StatusWebhooks(WebhookSender webhooks, Faults faults, Tally tally, TimeProvider clock)
{
    public void Send(BusinessNumber number, PhoneThread thread, PhoneMessage message, MessageStatus status)
    {
        if (IsLost())
        {
            return;
        }

        CustomerIdentity customer = thread.Identity;
        JsonObject json = Json(customer, message.Wamid, status.ToString().ToLowerInvariant(), message.CallbackData);
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
            Lane = customer.Number.Digits,
            Body = WebhookEnvelope.Status(number, customer, json),
        });
    }

    /// <summary>Says that an accepted message came to nothing, with the code of <see cref="FaultNumber.FailedCode"/>.</summary>
    public void SendFailed(BusinessNumber number, CustomerIdentity customer, string wamid, string? callbackData)
    {
        tally.Count(Counted.Failed);
        if (IsLost())
        {
            return;
        }

        JsonObject json = Json(customer, wamid, "failed", callbackData);
        json["errors"] = new JsonArray(FailedStatus.Error(faults.Number(FaultNumber.FailedCode)));
        webhooks.Send(new WebhookDelivery
        {
            PhoneNumberId = number.PhoneNumberId,
            Lane = customer.Number.Digits,
            Body = WebhookEnvelope.FailedStatus(number, json),
        });
    }

    private bool IsLost()
    {
        bool lost = faults.TakeStatusLoss();
        if (lost)
        {
            tally.Count(Counted.StatusLost);
        }

        return lost;
    }

    private JsonObject Json(CustomerIdentity customer, string wamid, string status, string? callbackData)
    {
        JsonObject json = new()
        {
            ["id"] = wamid,
            ["status"] = status,
            ["timestamp"] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        if (customer.Phone is { } phone)
        {
            json["recipient_id"] = phone;
        }

        json["recipient_user_id"] = customer.UserId;
        if (callbackData is not null)
        {
            json["biz_opaque_callback_data"] = callbackData;
        }

        return json;
    }
}

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Phone;

/// <summary>What customers write: kept on the phone, then delivered to the business as a webhook.</summary>
internal sealed class CustomerMessages(Phones phones, WebhookSender webhooks, TimeProvider clock)
{
    public WriteOutcome Write(BusinessNumber number, CustomerNumber customer, CustomerInput input)
    {
        PhoneThread thread = phones.Thread(number.PhoneNumberId, customer);
        Composition composition = MessageComposer.Compose(thread, input);
        if (composition is not Composition.Composed composed)
        {
            return new WriteOutcome.Refused(((Composition.Refused)composition).Reason);
        }

        DateTimeOffset now = clock.GetUtcNow();
        JsonObject json = Json(number, customer, composed, now);
        foreach ((string name, JsonNode? value) in input.Raw ?? [])
        {
            json.Remove(name);
            if (value is not null)
            {
                json[name] = value.DeepClone();
            }
        }

        PhoneMessage draft = new()
        {
            Sequence = 0,
            PhoneNumberId = number.PhoneNumberId,
            Customer = customer.Digits,
            Wamid = TextOf(json["id"]) ?? Wamid.New(customer, MessageDirection.Customer),
            Direction = MessageDirection.Customer,
            Kind = TextOf(json["type"]) ?? composed.Kind,
            Text = TextOf((json["text"] as JsonObject)?["body"]) ?? composed.Text,
            Status = MessageStatus.Sent,
            At = TimeOf(input.Raw?["timestamp"]) ?? now,
            About = composed.About?.Wamid,
            ProfileName = input.Name,
            File = composed.File,
        };
        PhoneMessage message = phones.Add(thread, draft, added => webhooks.Send(new WebhookDelivery
        {
            PhoneNumberId = number.PhoneNumberId,
            Lane = customer.Digits,
            Body = WebhookEnvelope.Message(number, customer, thread.ProfileName, json),
            Delivered = () => thread.Advance(added.Sequence, MessageStatus.Delivered),
        }));
        return new WriteOutcome.Written(thread.View(message));
    }

    private static JsonObject Json(BusinessNumber number, CustomerNumber customer, Composition.Composed composed, DateTimeOffset now)
    {
        JsonObject json = [];
        if (composed.About is { } about && composed.Kind != "reaction")
        {
            json["context"] = new JsonObject
            {
                ["from"] = about.Direction == MessageDirection.Business ? number.DisplayPhoneNumber : customer.Digits,
                ["id"] = about.Wamid,
            };
        }

        json["from"] = customer.Digits;
        json["from_user_id"] = customer.UserId;
        json["id"] = Wamid.New(customer, MessageDirection.Customer);
        json["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        json["type"] = composed.Kind;
        if (composed.Part is not null)
        {
            json[composed.Kind] = composed.Part;
        }

        return json;
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A raw message may bring its own time, in Unix seconds: the way to a closed service window.</summary>
    private static DateTimeOffset? TimeOf(JsonNode? timestamp) =>
        long.TryParse(TextOf(timestamp), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

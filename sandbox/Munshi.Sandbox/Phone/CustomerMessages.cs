using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Media;
using Munshi.Sandbox.Phone.Kinds;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Phone;

/// <summary>What customers write: kept on the phone, then delivered to the business as a webhook.</summary>
internal sealed class CustomerMessages(BusinessNumbers numbers, Phones phones, MediaFiles files, WebhookSender webhooks, TimeProvider clock)
{
    public WriteOutcome Write(BusinessNumber number, CustomerNumber customer, CustomerInput input)
    {
        DateTimeOffset now = clock.GetUtcNow();
        PhoneThread thread = phones.Thread(number.PhoneNumberId, customer);
        Composition composition = MessageComposer.Compose(thread, input, now);
        return composition switch
        {
            Composition.Refused refused => new WriteOutcome.Refused(refused.Reason),
            Composition.Composed when input.NewNumber is { } written => ChangeNumber(thread, CustomerNumber.TryCreateWritten(written)!, now),
            _ => new WriteOutcome.Written(customer, thread.View(Add(number, thread, (Composition.Composed)composition, input, now))),
        };
    }

    /// <summary>Every business that knows the customer is told by a message of its own; then all conversations go on under the new number.</summary>
    private WriteOutcome ChangeNumber(PhoneThread thread, CustomerNumber to, DateTimeOffset now)
    {
        if (phones.Of(to).Any(taken => taken.LastSequence > 0))
        {
            return new WriteOutcome.Refused("That number has chats of its own on this page.");
        }

        PhoneMessage? told = null;
        foreach (PhoneThread known in phones.Of(thread.Customer))
        {
            if (numbers.Find(known.PhoneNumberId) is { } number && (known == thread || known.LastSequence > 0))
            {
                PhoneMessage message = Add(number, known, NumberChange.Composed(known.Identity, to), new CustomerInput(), now);
                told = known == thread ? message : told;
                phones.Move(known, to);
            }
        }

        return new WriteOutcome.Written(to, thread.View(told!));
    }

    private PhoneMessage Add(BusinessNumber number, PhoneThread thread, Composition.Composed composed, CustomerInput input, DateTimeOffset now)
    {
        Keep(number, composed);
        CustomerIdentity sender = thread.Identity with { ProfileName = input.Name ?? thread.ProfileName };
        JsonObject json = MessageJson.Of(number, sender, composed, now);
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
            Customer = sender.Number.Digits,
            Wamid = TextOf(json["id"]) ?? Wamid.New(sender, MessageDirection.Customer),
            Direction = MessageDirection.Customer,
            Kind = TextOf(json["type"]) ?? composed.Kind,
            Text = TextOf((json["text"] as JsonObject)?["body"]) ?? composed.Text,
            Status = MessageStatus.Sent,
            At = TimeOf(input.Raw?["timestamp"]) ?? now,
            About = composed.About?.Wamid,
            ProfileName = input.Name,
            File = composed.File,
            Media = composed.File is null ? null : composed.Part as JsonObject,
            Details = composed.Details,
            Mark = composed.Mark,
        };
        return phones.Add(thread, draft, added => webhooks.Send(new WebhookDelivery
        {
            PhoneNumberId = number.PhoneNumberId,
            Lane = sender.Number.Digits,
            Body = Body(number, sender, composed, json, now),
            Delivered = () => thread.Advance(added.Sequence, MessageStatus.Delivered),
        }));
    }

    /// <summary>What was sent can be looked up and downloaded from then on.</summary>
    private void Keep(BusinessNumber number, Composition.Composed composed)
    {
        if (composed is { Sent: { } file, Part: JsonObject part })
        {
            KeptFile kept = files.Keep((string)part["id"]!, number.PhoneNumberId, file.Name, (string)part["mime_type"]!, file.Content);
            part["url"] = files.Link(kept.Id, origin: null);
        }
    }

    private static byte[] Body(BusinessNumber number, CustomerIdentity sender, Composition.Composed composed, JsonObject json, DateTimeOffset now) =>
        composed.Kind == MarketingPreference.Kind
            ? WebhookEnvelope.Preference(number, sender, MarketingPreference.ToJson(sender, composed.Part!, now))
            : WebhookEnvelope.Message(number, composed.Kind == "system" ? null : sender, json);

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A raw message may bring its own time, in Unix seconds: the way to a closed service window.</summary>
    private static DateTimeOffset? TimeOf(JsonNode? timestamp) =>
        long.TryParse(TextOf(timestamp), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Media;
using Munshi.Sandbox.Phone;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Graph;

/// <summary>What the business sends: shown on the customer's phone, then told of in status webhooks. Nothing is deduplicated, as with Meta.</summary>
internal sealed class BusinessMessages(Phones phones, StatusWebhooks statuses, MediaFiles files, Faults faults, Tally tally, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public SendOutcome Send(BusinessNumber number, GraphRequest.Send send)
    {
        string input = send.To ?? send.Recipient!;
        if (send.To is { } to && LooksLikeUserId(to))
        {
            return Drop(input, null);
        }

        CustomerNumber? customer = send.To is null ? phones.ByUserId(send.Recipient!) : ReadNumber(send.To);
        if (customer is null)
        {
            return new SendOutcome.Refused(send.To is null ? GraphError.Undeliverable : GraphError.Parameter("Param to is not a phone number."));
        }

        if (customer.Digits == number.DisplayPhoneNumber)
        {
            return new SendOutcome.Refused(GraphError.ToItself);
        }

        PhoneThread thread = phones.Thread(number.PhoneNumberId, customer);
        DateTimeOffset now = clock.GetUtcNow();
        if (send.Content.NeedsWindow && !(now - thread.LastInboundAt < Window))
        {
            return new SendOutcome.Refused(GraphError.WindowClosed);
        }

        if (send.Content is GraphContent.Media wanted && (files.Find(wanted.FileId)?.PhoneNumberId != number.PhoneNumberId || faults.Take(Fault.MediaExpired)))
        {
            return new SendOutcome.Refused(GraphError.Parameter($"Param {wanted.Kind}['id'] is not a valid whatsapp business account media attachment ID"));
        }

        if (faults.Take(Fault.SilentDrop))
        {
            return Drop(input, customer);
        }

        if (faults.Take(Fault.Failed))
        {
            return Fail(number, thread.Identity, send, input, now);
        }

        PhoneMessage message = phones.Add(thread, Draft(number, thread.Identity, send, now), added =>
        {
            statuses.Send(number, thread, added, MessageStatus.Sent);
            statuses.Send(number, thread, added, MessageStatus.Delivered);
        });
        CountAccepted(send);
        return new SendOutcome.Accepted(Answer(input, thread.Identity, message));
    }

    /// <summary>Accepted, never shown, told of afterwards.</summary>
    private SendOutcome.Accepted Fail(BusinessNumber number, CustomerIdentity customer, GraphRequest.Send send, string input, DateTimeOffset now)
    {
        PhoneMessage message = Draft(number, customer, send, now);
        CountAccepted(send);
        statuses.SendFailed(number, customer, message.Wamid, message.CallbackData);
        return new SendOutcome.Accepted(Answer(input, customer, message));
    }

    private void CountAccepted(GraphRequest.Send send)
    {
        tally.Count(Counted.Accepted);
        if (send.CallbackData is { } callbackData)
        {
            tally.RecordCallbackData(callbackData);
        }
    }

    private PhoneMessage Draft(BusinessNumber number, CustomerIdentity customer, GraphRequest.Send send, DateTimeOffset now)
    {
        GraphContent.Interactive? menu = send.Content as GraphContent.Interactive;
        (string kind, string text, IReadOnlyList<PhoneOption> options) = send.Content switch
        {
            GraphContent.Interactive interactive => ("interactive", interactive.Body, interactive.Options),
            GraphContent.Reaction reaction => ("reaction", reaction.Emoji, []),
            GraphContent.Template template => ("template", template.Summary, template.Options),
            GraphContent.Media media => (media.Kind, media.Caption ?? "", []),
            _ => ("text", ((GraphContent.Text)send.Content).Body, []),
        };
        return new PhoneMessage
        {
            Sequence = 0,
            PhoneNumberId = number.PhoneNumberId,
            Customer = customer.Number.Digits,
            Wamid = Wamid.New(customer, MessageDirection.Business),
            Direction = MessageDirection.Business,
            Kind = kind,
            Text = text,
            Options = options,
            Status = MessageStatus.Delivered,
            At = now,
            About = send.About,
            CallbackData = send.CallbackData,
            Header = menu?.Header,
            Footer = menu?.Footer,
            ListLabel = menu?.ListLabel,
            Sections = menu?.Sections ?? [],
            Details = send.Content is GraphContent.Media shown ? [Card(shown)] : [],
        };
    }

    /// <summary>The picture, or a card that leads to the file.</summary>
    private MessageDetail Card(GraphContent.Media media)
    {
        KeptFile file = files.Find(media.FileId)!;
        string link = ShowReceivedFile.Link(media.FileId);
        string name = media.FileName ?? $"{media.Kind} ({file.ContentType})";
        return media.Kind is "image" or "sticker"
            ? new MessageDetail("file", media.Kind, [], link) { Link = link }
            : new MessageDetail("file", name, [$"{file.ContentType}, {file.Content.Length.ToString(CultureInfo.InvariantCulture)} bytes"]) { Link = link };
    }

    private static JsonObject Answer(string input, CustomerIdentity customer, PhoneMessage message)
    {
        JsonObject id = new() { ["id"] = message.Wamid };
        if (message.Kind == "template")
        {
            id["message_status"] = "accepted";
        }

        JsonObject contact = new() { ["input"] = input };
        if (customer.Phone is not null || input != customer.UserId)
        {
            contact["wa_id"] = customer.Number.Digits;
        }

        contact["user_id"] = customer.UserId;
        return new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(id),
        };
    }

    /// <summary>Meta was seen to answer 200 and then to deliver nothing and say nothing: for a business-scoped id in <c>to</c>, or without a way to pay.</summary>
    private SendOutcome.Accepted Drop(string input, CustomerNumber? customer)
    {
        tally.Count(Counted.Dropped);
        JsonObject contact = new() { ["input"] = input };
        if (customer is not null)
        {
            contact["wa_id"] = customer.Digits;
        }

        return new SendOutcome.Accepted(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(contact),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = Wamid.New(customer ?? CustomerNumber.TryCreate("00000000")!, MessageDirection.Business) }),
        });
    }

    /// <summary>Two capital letters, a point, letters and digits.</summary>
    private static bool LooksLikeUserId(string to) =>
        to.Length > 3 && to[2] == '.' && char.IsAsciiLetterUpper(to[0]) && char.IsAsciiLetterUpper(to[1]) && to.Skip(3).All(char.IsAsciiLetterOrDigit);

    /// <summary>With or without plus; spaces, hyphens and brackets do not count.</summary>
    private static CustomerNumber? ReadNumber(string to) =>
        CustomerNumber.TryCreate(string.Concat((to.StartsWith('+') ? to[1..] : to).Where(character => character is not (' ' or '-' or '(' or ')'))));
}

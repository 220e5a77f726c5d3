using System.Text.Json;
using Munshi.WhatsApp.Json;
using Munshi.WhatsApp.Webhooks.Coexistence;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads what surrounds the content of a message: who, when, about what.</summary>
internal static class InboundMessageReader
{
    public static InboundMessage Read(JsonElement update, JsonElement message)
    {
        PayloadReader reader = new();
        ContactProfile contact = new(update);
        JsonElement body = Body(message);
        UpdateKind kind = UpdateKindWords.Read(update.Field("kind"u8).Text(64));
        string type = reader.Word(body.Field("type"u8)) ?? "";
        CustomerIdentity sender = Person(reader, message.Field("from"u8), message.Field("from_user_id"u8), message.Field("from_parent_user_id"u8));
        CustomerIdentity receiver = Person(reader, body.Field("to"u8), body.Field("to_user_id"u8), body.Field("to_parent_user_id"u8));
        string? thread = PayloadReader.Reference(update.Field("thread"u8).Field("id"u8));
        MessageSide side = Side(kind, sender, receiver, thread, DisplayPhone(update));
        if (side == MessageSide.Customer)
        {
            sender = contact.Complete(reader, sender.Phone, sender.UserId, sender.ParentUserId);
        }
        else if (side == MessageSide.Business)
        {
            receiver = contact.Complete(reader, receiver.Phone, receiver.UserId, receiver.ParentUserId);
        }

        return new InboundMessage
        {
            ProviderId = reader.ProviderId(message.Field("id"u8)),
            Side = side,
            Customer = Customer(side, sender, receiver, thread),
            From = sender.Phone,
            FromUserId = sender.UserId,
            ParentUserId = sender.ParentUserId,
            To = receiver.Phone,
            ToUserId = receiver.UserId,
            ThreadId = thread,
            GroupId = PayloadReader.Reference(message.Field("group_id"u8)),
            ProfileName = contact.Name(reader),
            Username = contact.Username(reader),
            IdentityKeyHash = contact.IdentityKeyHash,
            SentAt = reader.Time(message.Field("timestamp"u8)),
            Type = type,
            Content = MessageContentReader.Read(reader, body, type, sender),
            Context = ContextReader.Context(body.Field("context"u8)),
            Referral = ContextReader.Referral(reader, message.Field("referral"u8)),
            Errors = reader.Objects(message.Field("errors"u8), ErrorReader.Read),
            History = History(reader, message.Field("history_context"u8)),
            Chunk = HistoryChunk.Read(update),
            Flaws = reader.Flaws,
        };
    }

    /// <summary>An echo on standby is <c>{id, timestamp, message{to, type, …}}</c>; everything else is flat.</summary>
    private static JsonElement Body(JsonElement message)
    {
        JsonElement inner = message.Field("message"u8);
        return inner.ValueKind == JsonValueKind.Object && message.Field("type"u8).ValueKind == JsonValueKind.Undefined ? inner : message;
    }

    private static CustomerIdentity Person(PayloadReader reader, JsonElement phone, JsonElement userId, JsonElement parentUserId) =>
        new(reader.Phone(phone), reader.UserId(userId), reader.UserId(parentUserId));

    private static HistoryContext? History(PayloadReader reader, JsonElement context) =>
        context.ValueKind == JsonValueKind.Object ? new HistoryContext(reader.Word(context.Field("status"u8)) ?? "") : null;

    private static MessageSide Side(UpdateKind kind, CustomerIdentity sender, CustomerIdentity receiver, string? thread, string displayPhone) => kind switch
    {
        UpdateKind.Message => MessageSide.Customer,
        UpdateKind.Echo => MessageSide.Business,
        _ when sender.Phone is not null && sender.Phone == displayPhone => MessageSide.Business,
        _ when sender.UserId is not null || (sender.Phone is not null && sender.Phone == thread) => MessageSide.Customer,
        _ when !receiver.IsNone => MessageSide.Business,
        _ when sender.Phone is not null && displayPhone.Length > 0 => MessageSide.Customer,
        _ => MessageSide.Unknown,
    };

    /// <summary>The business's own number, digits; it may be written with a plus, spaces and dashes.</summary>
    private static string DisplayPhone(JsonElement update) =>
        string.Concat((update.Field("metadata"u8).Field("display_phone_number"u8).Id(64) ?? "").Where(char.IsAsciiDigit));

    private static CustomerIdentity Customer(MessageSide side, CustomerIdentity sender, CustomerIdentity receiver, string? thread)
    {
        CustomerIdentity named = side switch
        {
            MessageSide.Customer => sender,
            MessageSide.Business => receiver,
            _ => CustomerIdentity.None,
        };
        return thread switch
        {
            null or "" => named,
            _ when IsPhone(thread) => named with { Phone = named.Phone ?? thread },
            [>= 'A' and <= 'Z', >= 'A' and <= 'Z', '.', _, ..] => named with { UserId = named.UserId ?? thread },
            _ => named,
        };
    }

    private static bool IsPhone(string thread) => thread.Length <= PayloadReader.MaxPhoneDigits && !thread.AsSpan().ContainsAnyExceptInRange('0', '9');
}

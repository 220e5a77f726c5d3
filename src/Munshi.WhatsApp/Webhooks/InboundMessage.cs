using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>A message, echo or history item as told by <see cref="WebhookUpdate.Json"/>.</summary>
public sealed record InboundMessage
{
    /// <summary>65,536 UTF-16 units; WhatsApp itself allows 4,096 characters to be sent.</summary>
    public const int MaxTextLength = 65_536;

    /// <summary>The longest profile name or username kept, in UTF-16 units.</summary>
    private const int MaxNameLength = 512;

    private const int MaxTypeLength = 64;

    /// <summary>The <c>wamid</c>. It holds the customer's phone number in base64.</summary>
    public string? ProviderId { get; private init; }

    /// <summary>The sender's phone number, digits with country code and no plus. May be absent: <see cref="FromUserId"/> is the identity that stays.</summary>
    public string? From { get; private init; }

    /// <summary>The sender's business-scoped user id, such as <c>IN.77…</c>, byte for byte.</summary>
    public string? FromUserId { get; private init; }

    /// <summary>The sender's id across linked business portfolios, <c>IN.ENT.…</c>.</summary>
    public string? ParentUserId { get; private init; }

    /// <summary>Echoes and history: the receiver's phone number.</summary>
    public string? To { get; private init; }

    /// <summary>Echoes and history: the receiver's business-scoped user id.</summary>
    public string? ToUserId { get; private init; }

    /// <summary>History: the customer whose conversation it is, as Meta names the thread.</summary>
    public string? ThreadId { get; private init; }

    /// <summary>The customer's own name for themselves: the sender's, or the receiver's of an echo.</summary>
    public string? ProfileName { get; private init; }

    /// <summary>The customer's username, without an at sign. It can change without the identity changing.</summary>
    public string? Username { get; private init; }

    /// <summary>Second granularity; ties are normal.</summary>
    public ProviderTime SentAt { get; private init; }

    /// <summary><c>type</c> as sent, at most 64 characters; empty where it is missing.</summary>
    public string Type { get; private init; } = "";

    public MessageContent Content { get; private init; } = new OtherContent("");

    public MessageContext? Context { get; private init; }

    public PayloadFlaws Flaws { get; private init; }

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Any other bytes give an empty message with <see cref="PayloadFlaws.Unreadable"/>.</param>
    public static InboundMessage Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new InboundMessage { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            JsonElement update = document.RootElement;
            JsonElement message = update.Field("message"u8);
            return message.ValueKind == JsonValueKind.Object
                ? Read(update, message)
                : new InboundMessage { Flaws = PayloadFlaws.Unreadable };
        }
    }

    public override string ToString() => $"{nameof(InboundMessage)} {{ Content = {Content}, Flaws = {Flaws} }}";

    private static InboundMessage Read(JsonElement update, JsonElement message)
    {
        PayloadReader reader = new();
        JsonElement contact = update.Field("contacts"u8).First();
        JsonElement profile = contact.Field("profile"u8);
        string type = reader.Text(message.Field("type"u8), MaxTypeLength) ?? "";
        string? from = reader.Phone(message.Field("from"u8));
        string? fromUserId = reader.UserId(message.Field("from_user_id"u8));
        string? parentUserId = reader.UserId(message.Field("from_parent_user_id"u8));
        string? to = reader.Phone(message.Field("to"u8));
        string? toUserId = reader.UserId(message.Field("to_user_id"u8));
        string? kind = update.Field("kind"u8).Text(MaxTypeLength);
        if (kind == "message")
        {
            from ??= reader.Phone(contact.Field("wa_id"u8));
            fromUserId ??= reader.UserId(contact.Field("user_id"u8));
            parentUserId ??= reader.UserId(contact.Field("parent_user_id"u8));
        }
        else if (kind == "echo")
        {
            to ??= reader.Phone(contact.Field("wa_id"u8));
            toUserId ??= reader.UserId(contact.Field("user_id"u8));
        }

        return new InboundMessage
        {
            ProviderId = reader.ProviderId(message.Field("id"u8)),
            From = from,
            FromUserId = fromUserId,
            ParentUserId = parentUserId,
            To = to,
            ToUserId = toUserId,
            ThreadId = PayloadReader.Reference(update.Field("thread"u8).Field("id"u8)),
            ProfileName = reader.Text(profile.Field("name"u8), MaxNameLength),
            Username = reader.Text(profile.Field("username"u8), MaxNameLength),
            SentAt = reader.Time(message.Field("timestamp"u8)),
            Type = type,
            Content = MessageContentReader.Read(reader, message, type),
            Context = ReadContext(message.Field("context"u8)),
            Flaws = reader.Flaws,
        };
    }

    private static MessageContext? ReadContext(JsonElement context) =>
        context.ValueKind != JsonValueKind.Object
            ? null
            : new MessageContext(
                PayloadReader.Reference(context.Field("id"u8)),
                context.Field("forwarded"u8).IsTrue(),
                context.Field("frequently_forwarded"u8).IsTrue());
}

using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>What became of a message we sent, as told by the <see cref="WebhookUpdate.Json"/> of a status.</summary>
public sealed record StatusUpdate
{
    /// <summary>Ours are far shorter; a longer one is not ours.</summary>
    private const int MaxCallbackLength = 512;

    /// <summary>The <c>wamid</c> that sending was answered with; the status may come before that answer is stored.</summary>
    public string? ProviderId { get; private init; }

    /// <summary><c>status</c> as sent, at most 64 characters; empty where it is missing.</summary>
    public string StatusText { get; private init; } = "";

    public DeliveryStatus Status { get; private init; }

    public ProviderTime At { get; private init; }

    /// <summary>Whom it was sent to, and what the contact adds; of a group the one member it is about.</summary>
    public CustomerIdentity Customer { get; private init; } = CustomerIdentity.None;

    /// <summary>The customer's phone number, digits with country code; null for a group.</summary>
    public string? RecipientId { get; private init; }

    /// <summary>The customer's business-scoped user id.</summary>
    public string? RecipientUserId { get; private init; }

    /// <summary>The group it was sent to: each member has statuses of its own.</summary>
    public string? GroupId { get; private init; }

    /// <summary>The customer's own name for themselves, at most 512 UTF-16 units; never with a failure.</summary>
    public string? ProfileName { get; private init; }

    /// <summary>Without an at sign; at most 512 UTF-16 units.</summary>
    public string? Username { get; private init; }

    /// <summary>What we gave as <c>biz_opaque_callback_data</c>.</summary>
    public string? CallbackData { get; private init; }

    /// <summary>Why it failed; at most 1,000.</summary>
    public IReadOnlyList<ProviderError> Errors { get; private init; } = [];

    /// <summary>Meta's code of the first error; see <see cref="Sending.GraphErrorClass"/>.</summary>
    public int? ErrorCode { get; private init; }

    /// <summary>At most 256 characters.</summary>
    public string? ErrorTitle { get; private init; }

    public StatusPricing? Pricing { get; private init; }

    public StatusConversation? Conversation { get; private init; }

    /// <summary><c>pricing.category</c>, such as <c>service</c>; new words appear.</summary>
    public string? PricingCategory => Pricing?.Category;

    /// <summary><c>pricing.type</c>, such as <c>regular</c> or <c>free_customer_service</c>; new words appear.</summary>
    public string? PricingType => Pricing?.Type;

    public PayloadFlaws Flaws { get; private init; }

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Any other bytes give an empty status with <see cref="PayloadFlaws.Unreadable"/>.</param>
    public static StatusUpdate Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new StatusUpdate { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            JsonElement status = document.RootElement.Field("status"u8);
            return status.ValueKind == JsonValueKind.Object
                ? Read(new ContactProfile(document.RootElement), status)
                : new StatusUpdate { Flaws = PayloadFlaws.Unreadable };
        }
    }

    public override string ToString() => $"{nameof(StatusUpdate)} {{ Status = {Status}, ErrorCode = {ErrorCode}, Flaws = {Flaws} }}";

    private static StatusUpdate Read(ContactProfile contact, JsonElement status)
    {
        PayloadReader reader = new();
        bool isGroup = reader.Word(status.Field("recipient_type"u8)) == "group";
        JsonElement recipient = status.Field("recipient_id"u8);
        CustomerIdentity named = isGroup
            ? new CustomerIdentity(
                reader.Phone(status.Field("recipient_participant_id"u8)) ?? reader.Phone(status.Field("participant_recipient_id"u8)),
                reader.UserId(status.Field("recipient_participant_user_id"u8)),
                reader.UserId(status.Field("recipient_participant_parent_user_id"u8)))
            : new CustomerIdentity(
                reader.Phone(recipient),
                reader.UserId(status.Field("recipient_user_id"u8)),
                reader.UserId(status.Field("parent_recipient_user_id"u8)) ?? reader.UserId(status.Field("recipient_parent_user_id"u8))); // both are in use
        JsonElement error = status.Field("errors"u8).First();
        string word = reader.Word(status.Field("status"u8)) ?? "";
        return new StatusUpdate
        {
            ProviderId = reader.ProviderId(status.Field("id"u8)),
            StatusText = word,
            Status = Known(word),
            At = reader.Time(status.Field("timestamp"u8)),
            Customer = contact.Complete(reader, named.Phone, named.UserId, named.ParentUserId),
            RecipientId = isGroup ? null : named.Phone,
            RecipientUserId = isGroup ? null : named.UserId,
            GroupId = isGroup ? PayloadReader.Reference(recipient) : null,
            ProfileName = contact.Name(reader),
            Username = contact.Username(reader),
            CallbackData = status.Field("biz_opaque_callback_data"u8).Id(MaxCallbackLength),
            Errors = reader.Objects(status.Field("errors"u8), ErrorReader.Read),
            ErrorCode = error.Field("code"u8).Int32(),
            ErrorTitle = reader.Text(error.Field("title"u8), ErrorReader.MaxTitleLength),
            Pricing = ReadPricing(reader, status.Field("pricing"u8)),
            Conversation = ReadConversation(reader, status.Field("conversation"u8)),
            Flaws = reader.Flaws,
        };
    }

    private static StatusPricing? ReadPricing(PayloadReader reader, JsonElement pricing) => pricing.ValueKind != JsonValueKind.Object ? null : new StatusPricing
    {
        Billable = pricing.Field("billable"u8).Boolean(),
        Model = reader.Word(pricing.Field("pricing_model"u8)),
        Type = reader.Word(pricing.Field("type"u8)),
        Category = reader.Word(pricing.Field("category"u8)),
    };

    private static StatusConversation? ReadConversation(PayloadReader reader, JsonElement conversation) =>
        conversation.ValueKind != JsonValueKind.Object ? null : new StatusConversation
        {
            Id = PayloadReader.Reference(conversation.Field("id"u8)),
            Origin = reader.Word(conversation.Field("origin"u8).Field("type"u8)),
            ExpiresAt = ProviderTime.Read(conversation.Field("expiration_timestamp"u8)),
        };

    private static DeliveryStatus Known(string word) => word switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "played" => DeliveryStatus.Played,
        "failed" => DeliveryStatus.Failed,
        _ => DeliveryStatus.Unknown,
    };
}

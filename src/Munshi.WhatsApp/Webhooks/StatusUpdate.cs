using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>What became of a message we sent, as told by the <see cref="WebhookUpdate.Json"/> of a status.</summary>
public sealed record StatusUpdate
{
    private const int MaxWordLength = 64;
    private const int MaxTitleLength = 256;

    /// <summary>Ours are far shorter; a longer one is not ours.</summary>
    private const int MaxCallbackLength = 512;

    /// <summary>The <c>wamid</c> that sending was answered with; the status may come before that answer is stored.</summary>
    public string? ProviderId { get; private init; }

    /// <summary><c>status</c> as sent, at most 64 characters; empty where it is missing.</summary>
    public string StatusText { get; private init; } = "";

    public DeliveryStatus Status { get; private init; }

    public ProviderTime At { get; private init; }

    /// <summary>The customer's phone number, digits with country code; for a group the group's id, which may leave it null.</summary>
    public string? RecipientId { get; private init; }

    /// <summary>The customer's business-scoped user id.</summary>
    public string? RecipientUserId { get; private init; }

    /// <summary>What we gave as <c>biz_opaque_callback_data</c>.</summary>
    public string? CallbackData { get; private init; }

    /// <summary>Meta's code of the first error; see <see cref="Sending.GraphErrorClass"/>.</summary>
    public int? ErrorCode { get; private init; }

    /// <summary>At most 256 characters.</summary>
    public string? ErrorTitle { get; private init; }

    /// <summary><c>pricing.category</c>, such as <c>service</c>; new words appear.</summary>
    public string? PricingCategory { get; private init; }

    /// <summary><c>pricing.type</c>, such as <c>regular</c> or <c>free_customer_service</c>; new words appear.</summary>
    public string? PricingType { get; private init; }

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
                ? Read(status)
                : new StatusUpdate { Flaws = PayloadFlaws.Unreadable };
        }
    }

    public override string ToString() => $"{nameof(StatusUpdate)} {{ Status = {Status}, ErrorCode = {ErrorCode}, Flaws = {Flaws} }}";

    private static StatusUpdate Read(JsonElement status)
    {
        PayloadReader reader = new();
        JsonElement error = status.Field("errors"u8).First();
        JsonElement pricing = status.Field("pricing"u8);
        string word = reader.Text(status.Field("status"u8), MaxWordLength) ?? "";
        return new StatusUpdate
        {
            ProviderId = reader.ProviderId(status.Field("id"u8)),
            StatusText = word,
            Status = Known(word),
            At = reader.Time(status.Field("timestamp"u8)),
            RecipientId = reader.Phone(status.Field("recipient_id"u8)),
            RecipientUserId = reader.UserId(status.Field("recipient_user_id"u8)),
            CallbackData = status.Field("biz_opaque_callback_data"u8).Id(MaxCallbackLength),
            ErrorCode = error.Field("code"u8).Int32(),
            ErrorTitle = reader.Text(error.Field("title"u8), MaxTitleLength),
            PricingCategory = reader.Text(pricing.Field("category"u8), MaxWordLength),
            PricingType = reader.Text(pricing.Field("type"u8), MaxWordLength),
            Flaws = reader.Flaws,
        };
    }

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

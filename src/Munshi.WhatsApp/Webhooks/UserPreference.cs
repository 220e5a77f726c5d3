using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>A customer's choice in WhatsApp's own settings, as told by the <see cref="WebhookUpdate.Json"/> of <see cref="UpdateKind.UserPreference"/>. It holds for the one business number.</summary>
public sealed record UserPreference : PayloadPart
{
    public CustomerIdentity Customer { get; private init; } = CustomerIdentity.None;

    /// <summary>The customer's own name for themselves, at most 512 UTF-16 units.</summary>
    public string? ProfileName { get; private init; }

    /// <summary>Without an at sign; at most 512 UTF-16 units.</summary>
    public string? Username { get; private init; }

    public MarketingChoice Marketing { get; private init; }

    /// <summary><c>category</c> as sent, <c>marketing_messages</c> so far; at most 64 characters, empty where it is missing.</summary>
    public string Category { get; private init; } = "";

    /// <summary><c>value</c> as sent; at most 64 characters, empty where it is missing.</summary>
    public string Value { get; private init; } = "";

    /// <summary>Meta's English sentence; at most 512 UTF-16 units.</summary>
    public string? Detail { get; private init; }

    public ProviderTime At { get; private init; }

    public PayloadFlaws Flaws { get; private init; }

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Any other bytes give an empty preference with <see cref="PayloadFlaws.Unreadable"/>.</param>
    public static UserPreference Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return new UserPreference { Flaws = PayloadFlaws.Unreadable };
        }

        using (document)
        {
            JsonElement preference = document.RootElement.Field("user_preference"u8);
            return preference.ValueKind == JsonValueKind.Object
                ? Read(new ContactProfile(document.RootElement), preference)
                : new UserPreference { Flaws = PayloadFlaws.Unreadable };
        }
    }

    private static UserPreference Read(ContactProfile contact, JsonElement preference)
    {
        PayloadReader reader = new();
        string category = reader.Word(preference.Field("category"u8)) ?? "";
        string value = reader.Word(preference.Field("value"u8)) ?? "";
        return new UserPreference
        {
            Customer = contact.Complete(
                reader, reader.Phone(preference.Field("wa_id"u8)), reader.UserId(preference.Field("user_id"u8)), reader.UserId(preference.Field("parent_user_id"u8))),
            ProfileName = contact.Name(reader),
            Username = contact.Username(reader),
            Marketing = (category, value) switch
            {
                ("marketing_messages", "stop") => MarketingChoice.Stop,
                ("marketing_messages", "resume") => MarketingChoice.Resume,
                _ => MarketingChoice.Unknown,
            },
            Category = category,
            Value = value,
            Detail = reader.Line(preference.Field("detail"u8)),
            At = reader.Time(preference.Field("timestamp"u8)),
            Flaws = reader.Flaws,
        };
    }
}

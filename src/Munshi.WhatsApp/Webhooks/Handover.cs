using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>A conversation went from one sender to another, as told by the <see cref="WebhookUpdate.Json"/> of <see cref="UpdateKind.Standby"/>.</summary>
public sealed record Handover : PayloadPart
{
    private const string ChangeField = "messaging_handovers";

    /// <summary><c>control_passed</c> so far; at most 64 characters, empty where it is missing.</summary>
    public string Type { get; private init; } = "";

    /// <summary>Whose conversation it is.</summary>
    public CustomerIdentity Customer { get; private init; } = CustomerIdentity.None;

    public ProviderTime At { get; private init; }

    /// <summary>Who held it, such as <c>ai_agent</c> or <c>escalation</c>; at most 64 characters.</summary>
    public string? FormerRole { get; private init; }

    /// <summary>Who holds it now, in the same words.</summary>
    public string? NewRole { get; private init; }

    /// <summary>Which product held it, such as <c>meta_business_agent</c>; at most 64 characters.</summary>
    public string? FormerApp { get; private init; }

    /// <summary>Meta's id of the app that held it; at most 512 characters.</summary>
    public string? FormerAppId { get; private init; }

    public PayloadFlaws Flaws { get; private init; }

    /// <param name="json">A <see cref="WebhookUpdate.Json"/>. Null where it tells of no handover, as a message or status on standby.</param>
    public static Handover? Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return null;
        }

        using (document)
        {
            JsonElement value = document.RootElement.Field("change"u8).Field("value"u8);
            return document.RootElement.Field("field"u8).Text(64) == ChangeField && value.ValueKind == JsonValueKind.Object ? Read(value) : null;
        }
    }

    private static Handover Read(JsonElement value)
    {
        PayloadReader reader = new();
        JsonElement sender = value.Field("sender"u8);
        JsonElement passed = value.Field("control_passed"u8);
        return new Handover
        {
            Type = reader.Word(value.Field("type"u8)) ?? "",
            Customer = new CustomerIdentity(
                reader.Phone(sender.Field("phone_number"u8)) ?? reader.Phone(sender.Field("wa_id"u8)),
                reader.UserId(sender.Field("user_id"u8)),
                reader.UserId(sender.Field("parent_user_id"u8))),
            At = reader.Time(value.Field("timestamp"u8)),
            FormerRole = reader.Word(passed.Field("previous_owner_role"u8)),
            NewRole = reader.Word(passed.Field("new_owner_role"u8)),
            FormerApp = reader.Word(passed.Field("previous_owner_app_role"u8)),
            FormerAppId = PayloadReader.Reference(passed.Field("previous_owner_app_id"u8)),
            Flaws = reader.Flaws,
        };
    }
}

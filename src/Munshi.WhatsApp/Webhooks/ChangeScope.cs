using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>What all updates of one <c>changes[]</c> item share.</summary>
internal sealed class ChangeScope
{
    /// <summary>The longest routing name or id accepted, in characters; Meta's ids have up to 20 digits.</summary>
    public const int MaxIdLength = 64;

    public ChangeScope(JsonElement entry, JsonElement change)
    {
        JsonElement value = change.Field("value"u8);
        Field = change.Field("field"u8).Text(MaxIdLength) ?? "";
        WabaId = entry.Field("id"u8).Id(MaxIdLength);
        JsonElement time = entry.Field("time"u8);
        EntryTime = IsTime(time) ? time : default;
        Metadata = value.Field("metadata"u8);
        PhoneNumberId = Metadata.Field("phone_number_id"u8).Id(MaxIdLength) ?? NumberOfHandover(value);
        JsonElement nested = Field == "standby" ? value.Field("standby"u8) : default;
        Body = nested.ValueKind == JsonValueKind.Object ? nested : value;
        Contacts = new ContactIndex(Body.Field("contacts"u8));
    }

    public string Field { get; }

    public string? WabaId { get; }

    /// <summary><c>entry[].time</c>, in Unix seconds.</summary>
    public JsonElement EntryTime { get; }

    public string? PhoneNumberId { get; }

    public JsonElement Metadata { get; }

    /// <summary>What holds the arrays: the change's <c>value</c>, or <c>value.standby</c>.</summary>
    public JsonElement Body { get; }

    public ContactIndex Contacts { get; }

    /// <summary>A handover has no <c>metadata</c>: the business number is its recipient.</summary>
    private string? NumberOfHandover(JsonElement value) =>
        Field == "messaging_handovers" ? value.Field("recipient"u8).Field("phone_number_id"u8).Id(MaxIdLength) : null;

    private static bool IsTime(JsonElement time) =>
        time.ValueKind is JsonValueKind.Number or JsonValueKind.String && time.Raw().Length <= MaxIdLength;
}

using System.Buffers;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Splits one <c>changes[]</c> item into updates. Every value of it is in one of them: what is not known is kept as <see cref="UpdateKind.Unknown"/>.</summary>
internal sealed class ChangeSplitter(UpdateList updates, ChangeScope scope)
{
    public void Split(JsonElement change)
    {
        int before = updates.Count;
        JsonElement value = change.Field("value"u8);
        if (IsSplit(scope.Field) && value.ValueKind == JsonValueKind.Object)
        {
            SplitValue(value);
        }

        if (updates.Count == before)
        {
            Whole(KindOfField(scope.Field), "change"u8, change);
        }
        else
        {
            KeepRest(change, value);
        }
    }

    /// <summary>Keeps something as it is.</summary>
    public void Whole(UpdateKind kind, ReadOnlySpan<byte> name, JsonElement value)
    {
        if (updates.Flaw is null)
        {
            updates.Begin(kind, scope);
            updates.Part(name, value);
            updates.End(kind, scope);
        }
    }

    private static bool IsSplit(string field) =>
        field is "messages" or "smb_message_echoes" or "history" or "smb_app_state_sync" or "user_preferences" or "standby";

    private static UpdateKind KindOfField(string field) => field switch
    {
        "account_update" or "account_alerts" or "account_review_update" or "account_settings_update" or "business_capability_update"
            or "partner_solutions" or "payment_configuration_update" or "security" => UpdateKind.Account,
        "standby" or "messaging_handovers" => UpdateKind.Standby,
        _ when field.StartsWith("message_template_", StringComparison.Ordinal) || field.StartsWith("template_", StringComparison.Ordinal) => UpdateKind.Template,
        _ when field.StartsWith("phone_number_", StringComparison.Ordinal) => UpdateKind.Number,
        _ => UpdateKind.Unknown,
    };

    private void SplitValue(JsonElement value)
    {
        bool alone = CountItems(value) == 1;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            UpdateKind? kind = KindOf(property);
            if (property.Value.ValueKind != JsonValueKind.Array || (kind is null && !IsHistory(property)))
            {
                continue;
            }

            foreach (JsonElement item in property.Value.EnumerateArray())
            {
                if (updates.Flaw is not null)
                {
                    return;
                }

                if (kind is { } known)
                {
                    Add(known, property, item, alone);
                }
                else
                {
                    new HistorySplitter(updates, scope).Split(item);
                }
            }
        }
    }

    private void Add(UpdateKind kind, JsonProperty property, JsonElement item, bool alone)
    {
        updates.Begin(kind, scope);
        updates.Contacts(scope, item, alone);
        updates.Part(PartName(kind, property), item);
        updates.End(kind, scope);
    }

    /// <summary>What went into no update: members not known, and contacts that none of the items names.</summary>
    private void KeepRest(JsonElement change, JsonElement value)
    {
        JsonElement field = change.Field("field"u8);
        byte[] changeRest = change.Only(property => !property.Value.IsSameAs(field) && !property.Value.IsSameAs(value));
        byte[] valueRest = value.Only(property => !IsCarried(property));
        IReadOnlyList<JsonElement> contacts = scope.Contacts.Left;
        if (updates.Flaw is not null || (changeRest.Length <= 2 && valueRest.Length <= 2 && contacts.Count == 0))
        {
            return;
        }

        ArrayBufferWriter<byte> rest = new();
        rest.Write(valueRest.AsSpan(..^1));
        ReadOnlySpan<byte> separator = valueRest.Length > 2 ? ",\"contacts\":["u8 : "\"contacts\":["u8;
        foreach (JsonElement contact in contacts)
        {
            rest.Write(separator);
            rest.Write(contact.Raw());
            separator = ","u8;
        }

        rest.Write(contacts.Count > 0 ? "]}"u8 : "}"u8);
        updates.Begin(UpdateKind.Unknown, scope);
        updates.Change(scope, rest.WrittenSpan, changeRest);
        updates.End(UpdateKind.Unknown, scope);
    }

    private int CountItems(JsonElement value)
    {
        int count = 0;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Array && KindOf(property) is not null)
            {
                count += property.Value.GetArrayLength();
            }
        }

        return count;
    }

    /// <summary>Whether every update carries it, or its items are updates.</summary>
    private bool IsCarried(JsonProperty property)
    {
        if (property.Is("messaging_product"u8))
        {
            return property.Value.Text(16) == "whatsapp";
        }

        return property.Value.IsSameAs(scope.Metadata)
            || (property.Value.ValueKind == JsonValueKind.Array
                && (property.Value.IsSameAs(scope.Contacts.Array) || IsHistory(property) || KindOf(property) is not null));
    }

    private bool IsHistory(JsonProperty property) => scope.Field == "history" && property.Is("history"u8);

    private UpdateKind? KindOf(JsonProperty property) => scope.Field switch
    {
        _ when property.Is("errors"u8) => UpdateKind.Error,
        "messages" when property.Is("messages"u8) => UpdateKind.Message,
        "messages" when property.Is("statuses"u8) => UpdateKind.Status,
        "smb_message_echoes" when property.Is("message_echoes"u8) || property.Is("messages"u8) => UpdateKind.Echo,
        "history" when property.Is("messages"u8) => UpdateKind.HistoryItem,
        "smb_app_state_sync" when property.Is("state_sync"u8) => UpdateKind.AppState,
        "user_preferences" when property.Is("user_preferences"u8) => UpdateKind.UserPreference,
        "standby" when property.Is("messages"u8) || property.Is("message_echoes"u8) || property.Is("statuses"u8) => UpdateKind.Standby,
        _ => null,
    };

    private static ReadOnlySpan<byte> PartName(UpdateKind kind, JsonProperty property) => kind switch
    {
        UpdateKind.Status => "status"u8,
        UpdateKind.Error => "error"u8,
        UpdateKind.AppState => "app_state"u8,
        UpdateKind.UserPreference => "user_preference"u8,
        _ => property.Is("statuses"u8) ? "status"u8 : "message"u8,
    };
}

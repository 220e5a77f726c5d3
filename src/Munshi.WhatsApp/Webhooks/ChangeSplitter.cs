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
        if (IsSplit(scope.Field) && scope.Body.ValueKind == JsonValueKind.Object)
        {
            SplitBody();
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

    private void SplitBody()
    {
        bool alone = CountItems() == 1;
        foreach (JsonProperty property in scope.Body.EnumerateObject())
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
        bool isNested = !scope.Body.IsSameAs(value);
        byte[] valueRest = isNested ? value.Only(property => !IsShared(property) && !property.Value.IsSameAs(scope.Body)) : BodyRest();
        byte[] nestedRest = isNested ? BodyRest() : [];
        if (updates.Flaw is null && (changeRest.Length > 2 || valueRest.Length > 2 || nestedRest.Length > 2))
        {
            updates.Begin(UpdateKind.Unknown, scope);
            updates.Change(scope, nestedRest.Length > 2 ? With(valueRest, "standby"u8, nestedRest) : valueRest, changeRest);
            updates.End(UpdateKind.Unknown, scope);
        }
    }

    private byte[] BodyRest()
    {
        byte[] rest = scope.Body.Only(property => !IsShared(property) && !IsItems(property));
        ArrayBufferWriter<byte> contacts = new();
        foreach (JsonElement contact in scope.Contacts.Left)
        {
            contacts.Write(contacts.WrittenCount == 0 ? "["u8 : ","u8);
            contacts.Write(contact.Raw());
        }

        return contacts.WrittenCount == 0 ? rest : With(rest, "contacts"u8, [.. contacts.WrittenSpan, (byte)']']);
    }

    /// <summary>An object's JSON with one more member.</summary>
    private static byte[] With(byte[] json, ReadOnlySpan<byte> name, byte[] value) =>
        [.. json.AsSpan(..^1), .. json.Length > 2 ? ","u8 : [], (byte)'"', .. name, .. "\":"u8, .. value, (byte)'}'];

    private int CountItems()
    {
        int count = 0;
        foreach (JsonProperty property in scope.Body.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Array && KindOf(property) is not null)
            {
                count += property.Value.GetArrayLength();
            }
        }

        return count;
    }

    /// <summary>Whether every update carries it.</summary>
    private bool IsShared(JsonProperty property) =>
        property.Is("messaging_product"u8) ? property.Value.Text(16) == "whatsapp" : property.Value.IsSameAs(scope.Metadata);

    /// <summary>Whether its items are updates, or in them.</summary>
    private bool IsItems(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.Array
        && (property.Value.IsSameAs(scope.Contacts.Array) || IsHistory(property) || KindOf(property) is not null);

    private bool IsHistory(JsonProperty property) => scope.Field == "history" && property.Is("history"u8);

    private UpdateKind? KindOf(JsonProperty property) => scope.Field switch
    {
        _ when property.Is("errors"u8) => UpdateKind.Error,
        "messages" when property.Is("messages"u8) => UpdateKind.Message,
        "messages" when property.Is("statuses"u8) => UpdateKind.Status,
        "smb_message_echoes" when property.Is("message_echoes"u8) || property.Is("messages"u8) => UpdateKind.Echo,
        "history" when property.Is("messages"u8) || property.Is("message_echoes"u8) => UpdateKind.HistoryItem,
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

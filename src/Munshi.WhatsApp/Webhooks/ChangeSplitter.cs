using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Splits one <c>changes[]</c> item into updates. Whatever it does not know is kept as <see cref="UpdateKind.Account"/>, never dropped.</summary>
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

        if (updates.Count == before && updates.Flaw is null)
        {
            Whole("change"u8, change);
        }
    }

    /// <summary>Keeps something of unknown shape as it is.</summary>
    public void Whole(ReadOnlySpan<byte> name, JsonElement value)
    {
        updates.Begin(UpdateKind.Account, scope);
        updates.Part(name, value);
        updates.End(UpdateKind.Account, scope);
    }

    private static bool IsSplit(string field) =>
        field is "messages" or "smb_message_echoes" or "history" or "smb_app_state_sync" or "user_preferences";

    private void SplitValue(JsonElement value)
    {
        bool alone = CountItems(value) == 1;
        bool hasUnknown = false;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (IsUnknown(property))
            {
                hasUnknown = true;
            }
            else if (property.Value.ValueKind == JsonValueKind.Array && !property.Is("contacts"u8))
            {
                SplitArray(property, alone);
            }
        }

        if (hasUnknown)
        {
            updates.Begin(UpdateKind.Account, scope);
            updates.Change(scope, value.Only(IsUnknown));
            updates.End(UpdateKind.Account, scope);
        }
    }

    private void SplitArray(JsonProperty property, bool alone)
    {
        UpdateKind? kind = KindOf(property);
        foreach (JsonElement item in property.Value.EnumerateArray())
        {
            if (updates.Flaw is not null)
            {
                return;
            }

            if (kind is { } known)
            {
                Add(known, item, alone);
            }
            else
            {
                SplitHistory(item);
            }
        }
    }

    private void Add(UpdateKind kind, JsonElement item, bool alone)
    {
        updates.Begin(kind, scope);
        updates.Contacts(scope, item, alone);
        updates.Part(PartName(kind), item);
        updates.End(kind, scope);
    }

    /// <summary>One chunk of the chat history: <c>{metadata, threads[{id, messages[]}]}</c>, or <c>{errors[]}</c> where the owner declined.</summary>
    private void SplitHistory(JsonElement chunk)
    {
        int before = updates.Count;
        byte[] frame = chunk.Only(static property => !IsArray(property, "threads"u8) && !IsArray(property, "errors"u8));
        JsonElement errors = chunk.Field("errors"u8);
        JsonElement threads = chunk.Field("threads"u8);
        if (errors.ValueKind == JsonValueKind.Array)
        {
            AddFromHistory(UpdateKind.Error, frame, [], errors);
        }

        if (threads.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement thread in threads.EnumerateArray())
            {
                SplitThread(frame, thread);
            }
        }

        if (updates.Count == before && updates.Flaw is null)
        {
            Whole("history"u8, chunk);
        }
    }

    private void SplitThread(byte[] chunkFrame, JsonElement thread)
    {
        JsonElement messages = thread.Field("messages"u8);
        if (messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            Whole("thread"u8, thread);
            return;
        }

        byte[] threadFrame = thread.Only(static property => !IsArray(property, "messages"u8));
        AddFromHistory(UpdateKind.HistoryItem, chunkFrame, threadFrame, messages);
    }

    private void AddFromHistory(UpdateKind kind, byte[] chunkFrame, byte[] threadFrame, JsonElement items)
    {
        foreach (JsonElement item in items.EnumerateArray())
        {
            if (updates.Flaw is not null)
            {
                return;
            }

            updates.Begin(kind, scope);
            updates.Part("history"u8, chunkFrame);
            updates.Part("thread"u8, threadFrame);
            updates.Contacts(scope, item, alone: false);
            updates.Part(PartName(kind), item);
            updates.End(kind, scope);
        }
    }

    private static bool IsArray(JsonProperty property, ReadOnlySpan<byte> name) =>
        property.Value.ValueKind == JsonValueKind.Array && property.Is(name);

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

    private bool IsUnknown(JsonProperty property)
    {
        if (property.Is("messaging_product"u8) || property.Is("metadata"u8))
        {
            return false;
        }

        bool known = property.Is("contacts"u8) || IsHistory(property) || KindOf(property) is not null;
        return !known || property.Value.ValueKind != JsonValueKind.Array;
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
        _ => null,
    };

    private static ReadOnlySpan<byte> PartName(UpdateKind kind) => kind switch
    {
        UpdateKind.Status => "status"u8,
        UpdateKind.Error => "error"u8,
        UpdateKind.AppState => "app_state"u8,
        UpdateKind.UserPreference => "user_preference"u8,
        _ => "message"u8,
    };
}

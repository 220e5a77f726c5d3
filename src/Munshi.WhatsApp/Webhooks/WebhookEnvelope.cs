using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>
/// Splits a webhook delivery, <c>entry[] × changes[] × (messages | statuses | errors | …)</c>, into updates that can be sealed, processed
/// and retried one by one.
/// </summary>
/// <remarks>Total: any bytes give an outcome. Meta sends up to 1,000 updates and 3 MB in one delivery, history alone holds more updates.</remarks>
public static class WebhookEnvelope
{
    /// <summary>The most updates accepted in one delivery.</summary>
    public const int MaxUpdates = 10_000;

    /// <summary>32 MiB: the most bytes all updates of a delivery may take together.</summary>
    public const int MaxTotalBytes = 32 * 1024 * 1024;

    /// <param name="body">The delivery as received, its signature verified.</param>
    public static EnvelopeOutcome Read(ReadOnlyMemory<byte> body)
    {
        if (!JsonFields.TryParse(body, out JsonDocument? document))
        {
            return new EnvelopeOutcome.Malformed(EnvelopeFlaw.NotJson);
        }

        using (document)
        {
            JsonElement entries = document.RootElement.Field("entry"u8);
            if (entries.ValueKind != JsonValueKind.Array)
            {
                return new EnvelopeOutcome.Malformed(EnvelopeFlaw.NotADelivery);
            }

            JsonElement product = document.RootElement.Field("object"u8);
            bool isWhatsApp = product.Text(64) == "whatsapp_business_account";
            UpdateList updates = new();
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                SplitEntry(entry, isWhatsApp, updates);
            }

            KeepRest(updates, document.RootElement, property =>
                !property.Value.IsSameAs(entries) && !(isWhatsApp && property.Value.IsSameAs(product)));
            return updates.Outcome;
        }
    }

    private static void SplitEntry(JsonElement entry, bool isWhatsApp, UpdateList updates)
    {
        JsonElement changes = entry.Field("changes"u8);
        if (changes.ValueKind != JsonValueKind.Array || changes.GetArrayLength() == 0)
        {
            new ChangeSplitter(updates, new ChangeScope(entry, default)).Whole(UpdateKind.Unknown, "entry"u8, entry);
            return;
        }

        foreach (JsonElement change in changes.EnumerateArray())
        {
            if (updates.Flaw is not null)
            {
                return;
            }

            ChangeSplitter splitter = new(updates, new ChangeScope(entry, change));
            if (isWhatsApp)
            {
                splitter.Split(change);
            }
            else
            {
                splitter.Whole(UpdateKind.Unknown, "change"u8, change);
            }
        }

        ChangeScope shared = new(entry, default);
        JsonElement id = shared.WabaId is null ? default : entry.Field("id"u8);
        byte[] rest = entry.Only(
            property => !property.Value.IsSameAs(changes) && !property.Value.IsSameAs(id) && !property.Value.IsSameAs(shared.EntryTime));
        if (rest.Length > 2 && updates.Flaw is null) // not {}
        {
            updates.Begin(UpdateKind.Unknown, shared);
            updates.Part("entry"u8, rest);
            updates.End(UpdateKind.Unknown, shared);
        }
    }

    /// <summary>Members of the delivery itself, each under a name of its own: in an object of theirs they might be nested deeper than can be read.</summary>
    private static void KeepRest(UpdateList updates, JsonElement delivery, Func<JsonProperty, bool> isRest)
    {
        JsonProperty[] rest = [.. delivery.EnumerateObject().Where(isRest)];
        if (rest.Length > 0 && updates.Flaw is null)
        {
            ChangeScope scope = new(default, default);
            updates.Begin(UpdateKind.Unknown, scope);
            foreach (JsonProperty property in rest)
            {
                updates.Part([.. "delivery."u8, .. property.RawName()], property.Value);
            }

            updates.End(UpdateKind.Unknown, scope);
        }
    }
}

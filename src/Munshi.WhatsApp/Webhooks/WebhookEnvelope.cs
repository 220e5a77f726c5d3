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

            bool isWhatsApp = document.RootElement.Field("object"u8).Text(64) == "whatsapp_business_account";
            UpdateList updates = new();
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                SplitEntry(entry, isWhatsApp, updates);
                if (updates.Flaw is not null)
                {
                    break;
                }
            }

            return updates.Outcome;
        }
    }

    private static void SplitEntry(JsonElement entry, bool isWhatsApp, UpdateList updates)
    {
        string? wabaId = entry.Field("id"u8).Id(ChangeScope.MaxIdLength);
        JsonElement changes = entry.Field("changes"u8);
        if (changes.ValueKind != JsonValueKind.Array || changes.GetArrayLength() == 0)
        {
            new ChangeSplitter(updates, new ChangeScope(wabaId, default)).Whole("entry"u8, entry);
            return;
        }

        foreach (JsonElement change in changes.EnumerateArray())
        {
            if (updates.Flaw is not null)
            {
                return;
            }

            ChangeSplitter splitter = new(updates, new ChangeScope(wabaId, change));
            if (isWhatsApp)
            {
                splitter.Split(change);
            }
            else
            {
                splitter.Whole("change"u8, change);
            }
        }
    }
}

using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks.Coexistence;

/// <summary>How far the transfer of the chat history is; chunks come in any order.</summary>
/// <param name="Phase">0 for the day before the number was connected, 1 for days 1 to 90, 2 for days 90 to 180.</param>
/// <param name="Order">The chunk's place within its phase.</param>
/// <param name="Progress">Percent of the whole transfer, up to 100.</param>
public sealed record HistoryChunk(int? Phase, int? Order, int? Progress) : PayloadPart
{
    /// <param name="json">A <see cref="WebhookUpdate.Json"/> of the history: a message, an error or a <see cref="UpdateKind.HistoryChunk"/>. Null where it names no chunk, as updates with files do.</param>
    public static HistoryChunk? Read(ReadOnlyMemory<byte> json)
    {
        if (!JsonFields.TryParse(json, out JsonDocument? document))
        {
            return null;
        }

        using (document)
        {
            return Read(document.RootElement);
        }
    }

    internal static HistoryChunk? Read(JsonElement update)
    {
        JsonElement metadata = update.Field("history"u8).Field("metadata"u8);
        return metadata.ValueKind == JsonValueKind.Object
            ? new HistoryChunk(metadata.Field("phase"u8).Int32(), metadata.Field("chunk_order"u8).Int32(), metadata.Field("progress"u8).Int32())
            : null;
    }
}

using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Splits one chunk of the chat history: <c>{metadata, threads[{id, messages[]}]}</c>, or <c>{errors[]}</c> where the owner declined.</summary>
internal sealed class HistorySplitter(UpdateList updates, ChangeScope scope)
{
    public void Split(JsonElement chunk)
    {
        int before = updates.Count;
        JsonElement errors = chunk.Field("errors"u8);
        JsonElement threads = chunk.Field("threads"u8);
        byte[] frame = Frame(chunk, errors, threads);
        if (errors.ValueKind == JsonValueKind.Array)
        {
            Add(UpdateKind.Error, "error"u8, frame, [], errors);
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
            updates.Begin(UpdateKind.HistoryChunk, scope);
            updates.Part("history"u8, chunk);
            updates.End(UpdateKind.HistoryChunk, scope);
        }
    }

    private void SplitThread(byte[] chunkFrame, JsonElement thread)
    {
        JsonElement messages = thread.Field("messages"u8);
        if (messages.ValueKind == JsonValueKind.Array && messages.GetArrayLength() > 0)
        {
            Add(UpdateKind.HistoryItem, "message"u8, chunkFrame, Frame(thread, messages, default), messages);
        }
        else if (updates.Flaw is null)
        {
            updates.Begin(UpdateKind.HistoryChunk, scope);
            updates.Part("history"u8, chunkFrame);
            updates.Part("thread"u8, thread);
            updates.End(UpdateKind.HistoryChunk, scope);
        }
    }

    private void Add(UpdateKind kind, ReadOnlySpan<byte> part, byte[] chunkFrame, byte[] threadFrame, JsonElement items)
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
            updates.Part(part, item);
            updates.End(kind, scope);
        }
    }

    /// <summary>All members but the arrays that are split.</summary>
    private static byte[] Frame(JsonElement element, JsonElement split, JsonElement splitToo) =>
        element.Only(property => property.Value.ValueKind != JsonValueKind.Array || !(property.Value.IsSameAs(split) || property.Value.IsSameAs(splitToo)));
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>The bodies of <c>POST /&lt;phone number id&gt;/messages</c>.</summary>
internal static class GraphJson
{
    /// <summary>Relaxed: the body is never put into HTML, and Devanagari as <c>\uXXXX</c> doubles its size.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Message(SendRequest request)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("messaging_product"u8, "whatsapp"u8);
            json.WriteString("recipient_type"u8, "individual"u8);
            switch (request.Recipient)
            {
                case SendRecipient.Phone phone:
                    json.WriteString("to"u8, phone.Number);
                    break;
                case SendRecipient.User user:
                    json.WriteString("recipient"u8, user.UserId);
                    break;
            }

            request.Content.Write(json);
            if (request.Content is not OutboundReaction)
            {
                OutboundJson.WriteContext(json, request.QuotedMessageId);
            }

            if (request.CallbackData is not null)
            {
                json.WriteString("biz_opaque_callback_data"u8, request.CallbackData);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> ReadMark(ReadMarkRequest request)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("messaging_product"u8, "whatsapp"u8);
            json.WriteString("status"u8, "read"u8);
            json.WriteString("message_id"u8, request.MessageId);
            if (request.Typing)
            {
                json.WriteStartObject("typing_indicator"u8);
                json.WriteString("type"u8, "text"u8);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

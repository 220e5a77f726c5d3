using System.Buffers;
using System.Text.Json;

namespace Munshi.WhatsApp.Sending;

/// <summary>The body of <c>POST /&lt;phone number id&gt;/messages</c> for a template.</summary>
internal static class TemplateJson
{
    public static ReadOnlyMemory<byte> Write(TemplateRequest request)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
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

            json.WriteString("type"u8, "template"u8);
            json.WriteStartObject("template"u8);
            json.WriteString("name"u8, request.Name);
            json.WriteStartObject("language"u8);
            json.WriteString("code"u8, request.LanguageCode);
            json.WriteEndObject();
            json.WriteEndObject();
            if (request.CallbackData is not null)
            {
                json.WriteString("biz_opaque_callback_data"u8, request.CallbackData);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}

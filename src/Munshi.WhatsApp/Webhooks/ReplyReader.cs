using System.Text;
using System.Text.Json;
using Munshi.WhatsApp.Json;

namespace Munshi.WhatsApp.Webhooks;

/// <summary>Reads what a customer chose or filled in of what we offered.</summary>
internal static class ReplyReader
{
    /// <summary>Longer than any id or payload we may set on a button: Meta allows 256.</summary>
    private const int MaxReplyLength = 1024;

    public static MessageContent? Interactive(PayloadReader reader, JsonElement interactive)
    {
        string? kind = reader.Word(interactive.Field("type"u8));
        MessageContent? reply = kind switch
        {
            "button_reply" => Reply(reader, ReplyKind.Button, interactive.Field("button_reply"u8)),
            "list_reply" => Reply(reader, ReplyKind.ListRow, interactive.Field("list_reply"u8)),
            "nfm_reply" => Flow(reader, interactive.Field("nfm_reply"u8)),
            _ => null,
        };
        return reply ?? (string.IsNullOrEmpty(kind) ? null : new OtherContent(kind));
    }

    public static ReplyContent? TemplateButton(PayloadReader reader, JsonElement button)
    {
        string? payload = reader.Text(button.Field("payload"u8), MaxReplyLength);
        string? text = reader.Text(button.Field("text"u8), MaxReplyLength);
        return payload is null && text is null ? null : new ReplyContent(ReplyKind.TemplateButton, payload ?? "", text ?? "");
    }

    private static ReplyContent? Reply(PayloadReader reader, ReplyKind kind, JsonElement reply)
    {
        string? id = reader.Text(reply.Field("id"u8), MaxReplyLength);
        string? title = reader.Text(reply.Field("title"u8), MaxReplyLength);
        return id is null && title is null
            ? null
            : new ReplyContent(kind, id ?? "", title ?? "") { Description = reader.Line(reply.Field("description"u8)) };
    }

    private static FlowReplyContent? Flow(PayloadReader reader, JsonElement flow)
    {
        if (flow.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? response = reader.Words(flow.Field("response_json"u8));
        return new FlowReplyContent
        {
            Name = reader.Word(flow.Field("name"u8)),
            Body = reader.Words(flow.Field("body"u8)),
            ResponseJson = response,
            Answers = response is null ? [] : Answers(reader, response),
        };
    }

    private static IReadOnlyList<FlowAnswer> Answers(PayloadReader reader, string response)
    {
        if (!JsonFields.TryParse(Encoding.UTF8.GetBytes(response), out JsonDocument? document))
        {
            return [];
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? reader.Members(document.RootElement, static (reader, name, value) => new FlowAnswer(name, reader.Words(value) ?? reader.RawWords(value)))
                : [];
        }
    }
}

using System.Text.Json;

namespace Munshi.Sandbox.Graph;

/// <summary>Reads a body posted to <c>/messages</c>. Total: every byte sequence has an answer.</summary>
internal static class GraphRequestReader
{
    private const int MaxCallbackDataLength = 512;

    public static GraphRequest Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return Refuse(GraphError.Parameter("The body is not valid JSON."));
        }
    }

    private static GraphRequest Read(JsonElement body)
    {
        if (!body.TryText("messaging_product", out string? product) || product != "whatsapp")
        {
            return Refuse(GraphError.Parameter("The parameter messaging_product is required and must be \"whatsapp\"."));
        }

        return body.Has("status") ? ReadReceipt(body) : ReadMessage(body);
    }

    private static GraphRequest ReadReceipt(JsonElement body)
    {
        if (!body.TryText("status", out string? status) || status != "read")
        {
            return Refuse(GraphError.Parameter("Param status must be one of {READ}."));
        }

        if (body.Has("typing_indicator") && !(body.GetProperty("typing_indicator").TryText("type", out string? typing) && typing == "text"))
        {
            return Refuse(GraphError.Parameter("Param typing_indicator['type'] must be one of {TEXT}."));
        }

        return body.TryText("message_id", out string? messageId)
            ? new GraphRequest.MarkRead(messageId, body.Has("typing_indicator"))
            : Refuse(GraphError.Parameter("The parameter message_id is required."));
    }

    private static GraphRequest ReadMessage(JsonElement body)
    {
        if (body.Has("recipient_type") && !(body.TryText("recipient_type", out string? recipientType) && recipientType == "individual"))
        {
            return Refuse(GraphError.Parameter("Param recipient_type must be one of {INDIVIDUAL}."));
        }

        body.TryText("to", out string? to);
        body.TryText("recipient", out string? recipient);
        if (to is null && recipient is null)
        {
            return Refuse(GraphError.Parameter("The parameter to is required."));
        }

        string? callbackData = null;
        if (body.Has("biz_opaque_callback_data")
            && !(body.TryText("biz_opaque_callback_data", out callbackData) && callbackData.Length <= MaxCallbackDataLength))
        {
            return Refuse(GraphError.Parameter($"Param biz_opaque_callback_data must be a string of at most {MaxCallbackDataLength} characters."));
        }

        string? about = null;
        if (body.Has("context") && !body.GetProperty("context").TryText("message_id", out about))
        {
            return Refuse(GraphError.Parameter("The parameter context['message_id'] is required."));
        }

        return ReadContent(body) switch
        {
            GraphContent.Refused refused => Refuse(refused.Error),
            GraphContent.Reaction when about is not null => Refuse(GraphError.Parameter("Param context is not allowed with a reaction.")),
            GraphContent.Reaction reaction => new GraphRequest.Send(to, recipient, reaction, reaction.MessageId, callbackData),
            GraphContent content => new GraphRequest.Send(to, recipient, content, about, callbackData),
        };
    }

    private static GraphContent ReadContent(JsonElement body)
    {
        string? type = "text";
        if (body.Has("type") && !body.TryText("type", out type))
        {
            return new GraphContent.Refused(GraphError.Parameter("Param type must be a string."));
        }

        if (type is not ("text" or "interactive" or "reaction" or "template") && !MediaReader.Takes(type))
        {
            return new GraphContent.Refused(GraphError.UnsupportedType(type));
        }

        return !body.TryField(type, JsonValueKind.Object, out JsonElement part)
            ? new GraphContent.Refused(GraphError.Parameter($"The parameter {type} is required."))
            : type switch
            {
                "text" => ReadText(part),
                "interactive" => InteractiveReader.Read(part),
                "reaction" => ReadReaction(part),
                _ when MediaReader.Takes(type) => MediaReader.Read(type, part),
                _ => TemplateReader.Read(part),
            };
    }

    private static GraphContent ReadText(JsonElement text)
    {
        const int maxLength = 4096;
        foreach (JsonProperty property in text.EnumerateObject())
        {
            if (property.Name is not ("body" or "preview_url"))
            {
                return new GraphContent.Refused(GraphError.Parameter($"Unexpected key \"{property.Name}\" on param \"text\"."));
            }
        }

        return !text.TryText("body", out string? body) || body.Length == 0
            ? new GraphContent.Refused(GraphError.Parameter("The parameter text['body'] is required."))
            : body.Length > maxLength
                ? new GraphContent.Refused(GraphError.Parameter($"Param text['body'] must be at most {maxLength} characters long."))
                : new GraphContent.Text(body);
    }

    private static GraphContent ReadReaction(JsonElement reaction) =>
        reaction.TryText("message_id", out string? messageId) && reaction.TryText("emoji", out string? emoji)
            ? new GraphContent.Reaction(messageId, emoji)
            : new GraphContent.Refused(GraphError.Parameter("The parameters reaction['message_id'] and reaction['emoji'] are required."));

    private static GraphRequest.Refused Refuse(GraphError error) => new(error);
}

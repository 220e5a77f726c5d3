using System.Globalization;
using System.Text.Json.Nodes;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Graph;

namespace Munshi.Sandbox.Media;

/// <summary><c>GET</c> and <c>DELETE /{version}/{media_id}?phone_number_id=</c>: where a file can be downloaded, or its end.</summary>
internal sealed class LookUpMedia(BusinessNumbers numbers, MediaFiles files, Faults faults)
{
    public static void Map(WebApplication app) => app.MapDelete(
        "/{version:regex(^v\\d+\\.\\d+$)}/{mediaId:regex(^\\d+$)}",
        (string mediaId, HttpContext context, LookUpMedia endpoint) => endpoint.HandleAsync(mediaId, context));

    /// <summary>Whether the id is a file's: numbers are asked for under the same path.</summary>
    public bool IsMedia(string id) => files.Find(id) is not null;

    public Task HandleAsync(string mediaId, HttpContext context)
    {
        if (MediaAccess.Refusal(numbers, faults, context.Request) is { } refusal)
        {
            return GraphAnswers.WriteAsync(context, refusal);
        }

        string phoneNumberId = context.Request.Query["phone_number_id"].ToString();
        if (faults.IsAlways(Fault.MediaExpired)
            || files.Find(mediaId) is not { } file
            || numbers.Find(file.PhoneNumberId) is not { } number
            || !MediaAccess.IsOf(number, context.Request)
            || (phoneNumberId.Length > 0 && phoneNumberId != file.PhoneNumberId))
        {
            return GraphAnswers.WriteAsync(context, GraphError.NoSuchObject(mediaId));
        }

        if (HttpMethods.IsDelete(context.Request.Method))
        {
            files.Remove(mediaId);
            return GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, new JsonObject { ["success"] = true });
        }

        JsonObject answer = new()
        {
            ["messaging_product"] = "whatsapp",
            ["url"] = files.Link(mediaId, $"{context.Request.Scheme}://{context.Request.Host}"),
            ["mime_type"] = file.ContentType,
            ["sha256"] = file.Sha256,
            ["id"] = mediaId,
        };
        if (!faults.IsOn(Fault.MediaTooLarge))
        {
            answer["file_size"] = file.Content.Length.ToString(CultureInfo.InvariantCulture);
        }

        return GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, answer);
    }
}

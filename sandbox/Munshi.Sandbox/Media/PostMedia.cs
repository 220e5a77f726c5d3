using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Munshi.Sandbox.Control;
using Munshi.Sandbox.Graph;

namespace Munshi.Sandbox.Media;

/// <summary><c>POST /{version}/{phone_number_id}/media</c>: keeps a file to be sent; multipart <c>messaging_product</c>, <c>type</c>, <c>file</c>.</summary>
internal sealed class PostMedia(BusinessNumbers numbers, MediaFiles files, Faults faults, Tally tally)
{
    public static void Map(WebApplication app) => app
        .MapPost("/{version:regex(^v\\d+\\.\\d+$)}/{phoneNumberId}/media", (string phoneNumberId, HttpContext context, PostMedia endpoint) => endpoint.HandleAsync(phoneNumberId, context))
        .WithMetadata(new RequestSizeLimitAttribute(UploadLimits.MaxBodyBytes));

    private async Task HandleAsync(string phoneNumberId, HttpContext context)
    {
        (JsonObject? answer, GraphError? error) = await ReadAsync(phoneNumberId, context.Request, context.RequestAborted);
        if (error is not null)
        {
            tally.CountRefused(error.Code);
        }

        tally.GraphAnswered(error?.Status ?? StatusCodes.Status200OK);
        await (error is null ? GraphAnswers.WriteAsync(context, StatusCodes.Status200OK, answer!) : GraphAnswers.WriteAsync(context, error));
    }

    private async Task<(JsonObject? Answer, GraphError? Error)> ReadAsync(string phoneNumberId, HttpRequest request, CancellationToken cancellationToken)
    {
        if (MediaAccess.Refusal(numbers, faults, request) is { } refusal)
        {
            return (null, refusal);
        }

        if (numbers.Find(phoneNumberId) is not { } number || !MediaAccess.IsOf(number, request))
        {
            return (null, GraphError.NoSuchObject(phoneNumberId));
        }

        if (!request.HasFormContentType)
        {
            return (null, GraphError.Parameter("The body must be multipart/form-data."));
        }

        IFormCollection form;
        try
        {
            form = await request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return (null, GraphError.Parameter("The form cannot be read."));
        }

        string type = form["type"].ToString();
        if (form["messaging_product"] != "whatsapp")
        {
            return (null, GraphError.Parameter("The parameter messaging_product is required and must be \"whatsapp\"."));
        }

        if (form.Files["file"] is not { } file)
        {
            return (null, GraphError.Parameter("The parameter file is required."));
        }

        if (type.Length == 0)
        {
            return (null, GraphError.Parameter("The parameter type is required."));
        }

        if (UploadLimits.Of(type) is not { } most)
        {
            return (null, GraphError.Parameter($"Param file must be a file with one of the types that are taken; received file of type '{type}'."));
        }

        if (file.Length == 0 || file.Length > most)
        {
            return (null, GraphError.MediaUpload($"A file of the type {type} has 1 to {most} bytes."));
        }

        byte[] content = new byte[file.Length];
        await using (Stream stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(content, cancellationToken);
        }

        if (faults.Take(Fault.UploadHttp500))
        {
            return (null, GraphError.Unknown);
        }

        if (faults.Take(Fault.UploadRefused))
        {
            return (null, GraphError.MediaUpload("The file cannot be decoded."));
        }

        tally.Count(Counted.Uploaded);
        KeptFile kept = files.Keep(MediaFiles.NewId(), number.PhoneNumberId, file.FileName, type, content);
        return (new JsonObject { ["id"] = kept.Id }, null);
    }
}

using Munshi.Sandbox.Media;

namespace Munshi.Sandbox.Phone;

/// <summary><c>GET /phone/files/{id}</c>: a file that the business sent, as a phone has it.</summary>
internal static class ShowReceivedFile
{
    public static string Link(string fileId) => $"/phone/files/{fileId}";

    public static void Map(WebApplication app) => app.MapGet("/phone/files/{fileId:regex(^\\d+$)}", (string fileId, HttpContext context, MediaFiles files) =>
    {
        if (files.Find(fileId) is not { } file)
        {
            return Results.NotFound();
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return Results.File(file.Content, file.ContentType, file.ContentType.StartsWith("image/", StringComparison.Ordinal) ? null : "file");
    });
}

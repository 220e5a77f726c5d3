using System.Text.Json.Nodes;
using Munshi.Sandbox.Webhooks;

namespace Munshi.Sandbox.Graph;

/// <summary>Writes answers as Graph does.</summary>
internal static class GraphAnswers
{
    public static Task WriteAsync(HttpContext context, GraphError error) => WriteAsync(context, error.Status, error.ToJson());

    public static async Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        await context.Response.Body.WriteAsync(MetaJson.Write(answer), context.RequestAborted);
    }
}

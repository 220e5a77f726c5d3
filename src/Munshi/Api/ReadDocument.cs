namespace Munshi.Api;

/// <summary><c>GET /openapi/v1.json</c>: for anyone; it tells nothing of any workspace.</summary>
internal static class ReadDocument
{
    private const string ForAnHour = "public, max-age=3600";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/openapi/v1.json", HandleAsync).WithName(nameof(ReadDocument)).ExcludeFromDescription();

    internal static async Task<IResult> HandleAsync(HttpContext context, ApiDocument document)
    {
        context.Response.Headers.CacheControl = ForAnHour;
        return TypedResults.Bytes(await document.ReadAsync(), "application/json; charset=utf-8");
    }
}

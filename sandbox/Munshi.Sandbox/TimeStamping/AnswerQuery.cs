using Microsoft.AspNetCore.Http.HttpResults;

namespace Munshi.Sandbox.TimeStamping;

/// <summary><c>POST /tsa</c>: a query in, a reply out; RFC 3161, section 3.4.</summary>
internal static class AnswerQuery
{
    private const int MaxQueryBytes = 16 * 1024;

    public static void Map(RouteGroupBuilder group) => group.MapPost("", HandleAsync);

    private static async Task<Results<FileContentHttpResult, StatusCodeHttpResult>> HandleAsync(
        HttpRequest request, TimeStampAuthority authority, CancellationToken cancellationToken)
    {
        if (request.ContentType != "application/timestamp-query" || request.ContentLength is not (> 0 and <= MaxQueryBytes))
        {
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        using MemoryStream query = new();
        await request.Body.CopyToAsync(query, cancellationToken);
        return TypedResults.File(await authority.ReplyAsync(query.ToArray(), cancellationToken), "application/timestamp-reply");
    }
}

using Microsoft.AspNetCore.Antiforgery;

namespace Munshi.Web;

/// <summary>Answers 400 (413 where it is too long) to a form that was not made by this server for this browser.</summary>
internal sealed class FormTokenFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        !FormOrigin.IsOwn(context.HttpContext.Request) ? TypedResults.BadRequest()
            : await ReadAsync(context.HttpContext) is { } refused ? TypedResults.StatusCode(refused)
            : await antiforgery.IsRequestValidAsync(context.HttpContext) ? await next(context)
            : TypedResults.BadRequest();

    /// <summary>Reads the form once, within the limits of server and framework; what is no form, or a broken one, is the sender's mistake.</summary>
    /// <returns>The status to refuse it with; null when it was read.</returns>
    private static async Task<int?> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return StatusCodes.Status400BadRequest;
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException refused)
        {
            return refused.StatusCode; // 413 above the limit
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return StatusCodes.Status400BadRequest;
        }
    }
}

using Microsoft.AspNetCore.Antiforgery;

namespace Munshi.Web;

/// <summary>Answers 400 to a form that was not made by this server for this browser.</summary>
internal sealed class FormTokenFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await IsReadableAsync(context.HttpContext) && await antiforgery.IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : TypedResults.BadRequest();

    /// <summary>Reads the form once, within the framework's limits; what is no form, or a broken one, is the sender's mistake.</summary>
    private static async Task<bool> IsReadableAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return false;
        }

        try
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            return false;
        }
    }
}

using Microsoft.AspNetCore.Antiforgery;

namespace Munshi.Web;

/// <summary>Answers 400 to a form that was not made by this server for this browser.</summary>
internal sealed class FormTokenFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await antiforgery.IsRequestValidAsync(context.HttpContext)
            ? await next(context)
            : TypedResults.BadRequest();
}

namespace Munshi.Sandbox;

/// <summary>Refuses a writing request that a browser sends for a page of another site.</summary>
internal sealed class ForeignPages(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        string origin = context.Request.Headers["Sec-Fetch-Site"].ToString();
        if (!HttpMethods.IsGet(context.Request.Method) && (origin is "cross-site" or "same-site"))
        {
            await TypedResults.Problem("The sandbox takes no requests from pages of other sites.", statusCode: StatusCodes.Status403Forbidden)
                .ExecuteAsync(context);
            return;
        }

        await next(context);
    }
}

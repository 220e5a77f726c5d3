namespace Munshi.Sandbox.Pages;

/// <summary>Tells a browser that went astray where the pages are; a program gets the status alone.</summary>
internal static class NotFoundPage
{
    private const string Html =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Nothing here</title><link rel="stylesheet" href="/page.css"><link rel="stylesheet" href="/control.css"></head>
        <body><main><h1>There is nothing here</h1><p>The sandbox has three pages: <a href="/">the phones</a>, <a href="/mail">the mailbox</a> and <a href="/control">what can be made to fail</a>.</p></main></body>
        </html>
        """;

    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null }
            && HttpMethods.IsGet(context.Request.Method)
            && context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            PagePolicy.Apply(context.Response);
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Html, context.RequestAborted);
        }
    }
}

using Microsoft.Net.Http.Headers;

namespace Munshi.Web;

/// <summary>Puts the security headers on every response that does not carry its own value of them.</summary>
/// <remarks>The headers are set as the response starts, so that they survive an exception handler that clears the response.</remarks>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Two years, in seconds.</summary>
    private const string StrictTransportSecurity = "max-age=63072000; includeSubDomains";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => SetAsync((HttpContext)state), context);
        return next(context);
    }

    private static Task SetAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, ContentSecurityPolicy.Of(context).Header);
        headers.TryAdd("Reporting-Endpoints", ContentSecurityPolicy.ReportingEndpoints);
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        if (context.Request.IsHttps)
        {
            headers.TryAdd(HeaderNames.StrictTransportSecurity, StrictTransportSecurity);
        }

        if (IsHtml(context.Response))
        {
            headers.TryAdd(HeaderNames.CacheControl, "no-store");
            headers.Append(HeaderNames.Vary, Hx.RequestHeader);
        }

        return Task.CompletedTask;
    }

    private static bool IsHtml(HttpResponse response) =>
        response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ?? false;
}

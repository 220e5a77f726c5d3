namespace Munshi.Web;

/// <summary>Where a browser says a form came from: the <c>Origin</c> header (RFC 6454, section 7) and <c>Sec-Fetch-Site</c> (Fetch Metadata).</summary>
internal static class FormOrigin
{
    /// <summary>
    /// Whether it is this server, or not told. A proxy may have ended TLS, so an https origin of the same host is this server's too;
    /// a page that was not encrypted is none of an encrypted server's. Our own pages say <c>null</c> too, because they send no referrer
    /// (Fetch, "append a request Origin header"); there <c>Sec-Fetch-Site</c> decides, which a browser leaves out only over plain HTTP.
    /// </summary>
    public static bool IsOwn(HttpRequest request)
    {
        if (request.Headers.Origin.Count == 0)
        {
            return true;
        }

        if (request.Headers.Origin == "null")
        {
            return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin";
        }

        string own = $"://{request.Host.Value}";
        return request.Headers.Origin.Count == 1
            && request.Headers.Origin[0] is { } origin
            && (IsSame(origin, "https" + own) || (!request.IsHttps && IsSame(origin, "http" + own)));
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

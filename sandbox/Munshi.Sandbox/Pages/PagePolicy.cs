using System.Security.Cryptography;

namespace Munshi.Sandbox.Pages;

/// <summary>The headers of every page: only own scripts, styles and connections.</summary>
internal static class PagePolicy
{
    /// <summary>Sets the headers; the nonce that the page's script elements must carry.</summary>
    public static string Apply(HttpResponse response)
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        return nonce;
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;

namespace Munshi.Web;

/// <summary>The Content-Security-Policy of one response.</summary>
/// <param name="Nonce">128 random bits in URL-safe base64, 22 characters; never used for a second response.</param>
public sealed record ContentSecurityPolicy(string Nonce)
{
    /// <summary>The <c>Reporting-Endpoints</c> header that gives <c>report-to csp</c> its address.</summary>
    public const string ReportingEndpoints = "csp=\"/csp-report\"";

    private const int NonceBytes = 16;

    public static ContentSecurityPolicy Create() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(NonceBytes)));

    /// <summary>The header of a dashboard page: scripts by nonce only, and HTML only through htmx's Trusted Types policy.</summary>
    public string Header =>
        $"default-src 'none'; script-src 'nonce-{Nonce}'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; " +
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; " +
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx; report-to csp";

    /// <summary>The policy of this request's response; the first call makes it.</summary>
    public static ContentSecurityPolicy Of(HttpContext context)
    {
        ContentSecurityPolicy? policy = context.Features.Get<ContentSecurityPolicy>();
        if (policy is null)
        {
            policy = Create();
            context.Features.Set(policy);
        }

        return policy;
    }
}

using Microsoft.AspNetCore.Http;
using Munshi.Web;

namespace Munshi.Tests.Web;

public sealed class ContentSecurityPolicyTests
{
    [Fact]
    public void The_header_is_the_agreed_one()
    {
        Assert.Equal(
            "default-src 'none'; script-src 'nonce-N'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types htmx; report-to csp",
            new ContentSecurityPolicy("N").Header);
    }

    [Fact]
    public void A_nonce_is_128_bits_and_never_the_same()
    {
        string[] nonces = [.. Enumerable.Range(0, 1000).Select(_ => ContentSecurityPolicy.Create().Nonce)];

        Assert.Equal(nonces.Length, nonces.Distinct().Count());
        Assert.All(nonces, nonce => Assert.Equal(16, System.Buffers.Text.Base64Url.DecodeFromChars(nonce).Length));
    }

    [Fact]
    public void A_response_has_one_policy()
    {
        DefaultHttpContext context = new();

        Assert.Same(ContentSecurityPolicy.Of(context), ContentSecurityPolicy.Of(context));
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("true", "partial", true)]
    [InlineData("true", null, true)]
    [InlineData("true", "full", false)]
    public void A_fragment_is_for_htmx_alone(string? request, string? type, bool expected)
    {
        DefaultHttpContext context = new();
        context.Request.Headers["HX-Request"] = request;
        context.Request.Headers["HX-Request-Type"] = type;

        Assert.Equal(expected, Hx.WantsFragment(context.Request));
    }
}

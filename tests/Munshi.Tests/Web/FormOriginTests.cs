using System.Net;
using AngleSharp.Dom;

namespace Munshi.Tests.Web;

public sealed class FormOriginTests
{
    [Theory]
    [InlineData("http://inbox.example/preferences", null)]
    [InlineData("http://inbox.example/preferences", "http://inbox.example")]
    [InlineData("http://inbox.example:5080/preferences", "http://inbox.example:5080")]
    [InlineData("http://inbox.example/preferences", "https://inbox.example")] // TLS ended at a proxy
    [InlineData("https://inbox.example/preferences", "https://inbox.example")]
    public Task A_form_from_this_server_is_taken(string address, string? origin) => PostsAsync(address, origin, HttpStatusCode.Redirect);

    [Theory]
    [InlineData("http://inbox.example/preferences", "http://evil.example")]
    [InlineData("http://inbox.example/preferences", "http://inbox.example.evil.example")]
    [InlineData("http://inbox.example/preferences", "http://inbox.example:8080")]
    [InlineData("http://inbox.example:5080/preferences", "http://inbox.example")]
    [InlineData("https://inbox.example/preferences", "http://inbox.example")]
    [InlineData("http://inbox.example/preferences", "file://inbox.example")]
    [InlineData("http://inbox.example/preferences", "inbox.example")]
    [InlineData("http://inbox.example/preferences", "http://evil@inbox.example")]
    [InlineData("http://inbox.example/preferences", "http://inbox.example http://evil.example")]
    public Task A_form_from_elsewhere_is_answered_400_also_with_its_token(string address, string origin) => PostsAsync(address, origin, HttpStatusCode.BadRequest);

    /// <summary>Chromium says "null" for the forms of a page that sends no referrer, which is each of ours.</summary>
    [Theory]
    [InlineData(null, HttpStatusCode.Redirect)] // plain HTTP from another machine
    [InlineData("same-origin", HttpStatusCode.Redirect)]
    [InlineData("same-site", HttpStatusCode.BadRequest)]
    [InlineData("cross-site", HttpStatusCode.BadRequest)]
    [InlineData("none", HttpStatusCode.BadRequest)]
    public Task A_form_that_hides_its_origin_is_judged_by_the_site_the_browser_tells(string? site, HttpStatusCode expected) =>
        PostsAsync("http://inbox.example/preferences", "null", expected, site);

    private static async Task PostsAsync(string address, string? origin, HttpStatusCode expected, string? site = null)
    {
        await using WebServer server = await WebServer.StartAsync();
        server.Client.BaseAddress = new Uri(new Uri(address), "/");
        IDocument page = await server.OpenPageAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent([new("form-token", page.QuerySelector("input[name=form-token]")!.GetAttribute("value")), new("lang", "bn")]),
        };
        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        if (origin is not null)
        {
            Assert.True(request.Headers.TryAddWithoutValidation("Origin", origin));
        }

        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }
}

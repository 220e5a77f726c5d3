using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;

namespace Munshi.Tests.Web;

public sealed class BrokenFormTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"lang\"\r\n\r\nbn")]
    [InlineData("multipart/form-data; boundary=x", "no part at all")]
    [InlineData("multipart/form-data", "--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"lang\"; filename=")]
    [InlineData("application/x-www-form-urlencoded", "many fields")]
    [InlineData("application/json", "{\"lang\":\"bn\"}")]
    [InlineData("text/plain", "lang=bn")]
    [InlineData(null, "lang=bn")]
    [InlineData("application/x-www-form-urlencoded", "")]
    public async Task A_broken_form_or_what_is_no_form_is_answered_400_in_a_page(string? contentType, string body)
    {
        await using WebServer server = await WebServer.StartAsync();
        await server.OpenPageAsync();
        string sent = body == "many fields" ? string.Join('&', Enumerable.Range(0, 1100).Select(field => $"f{field}=1")) : body;
        using ByteArrayContent content = new(Encoding.UTF8.GetBytes(sent));
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        using HttpResponseMessage response = await server.Client.PostAsync("/preferences", content, Cancellation);

        IDocument page = PageRenderer.Parse(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("This form is out of date", page.QuerySelector("h1")?.TextContent.Trim());
        Assert.Contains("Nothing was done.", page.QuerySelector("main p")!.TextContent, StringComparison.Ordinal);
    }
}

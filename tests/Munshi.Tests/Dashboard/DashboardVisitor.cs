using System.Net;
using AngleSharp.Dom;
using Munshi.Tests.Web;

namespace Munshi.Tests.Dashboard;

/// <summary>A browser without JavaScript: it keeps cookies, reads pages and submits the forms it finds there.</summary>
internal sealed class DashboardVisitor : IDisposable
{
    public DashboardVisitor(Uri address)
    {
        HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = Cookies };
        Http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<VisitedPage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await ReadAsync(request);
    }

    /// <summary>Submits a form of a page with the fields it stands there with, except those given.</summary>
    public async Task<VisitedPage> SubmitAsync(VisitedPage page, string selector, params (string Name, string Value)[] fields)
    {
        IElement form = page.Document.QuerySelector(selector) ?? throw new InvalidOperationException($"No form {selector} in {page.Html}");
        Dictionary<string, string> all = form.QuerySelectorAll("input[name]").Where(input => input.GetAttribute("type") is not ("radio" or "checkbox") || input.HasAttribute("checked")).ToDictionary(
            input => input.GetAttribute("name")!, input => input.GetAttribute("value") ?? "");
        foreach (IElement area in form.QuerySelectorAll("textarea[name]"))
        {
            all[area.GetAttribute("name")!] = area.TextContent;
        }

        foreach ((string name, string value) in fields)
        {
            all[name] = value;
        }

        return await PostAsync(form.GetAttribute("action")!, all);
    }

    public async Task<VisitedPage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        return await ReadAsync(request);
    }

    /// <summary>Submits a form with one file, as a browser does.</summary>
    public async Task<VisitedPage> UploadAsync(VisitedPage page, string selector, string file, byte[] content, params (string Name, string Value)[] after)
    {
        IElement form = page.Document.QuerySelector(selector) ?? throw new InvalidOperationException($"No form {selector}.");
        using MultipartFormDataContent body = new();
        foreach (IElement input in form.QuerySelectorAll("input[type=hidden]"))
        {
            body.Add(new StringContent(input.GetAttribute("value") ?? ""), input.GetAttribute("name")!);
        }

        body.Add(new ByteArrayContent(content), form.QuerySelector("input[type=file]")!.GetAttribute("name")!, file);
        foreach ((string name, string value) in after)
        {
            body.Add(new StringContent(value), name);
        }

        using HttpRequestMessage request = new(HttpMethod.Post, form.GetAttribute("action")) { Content = body };
        return await ReadAsync(request);
    }

    public void Dispose() => Http.Dispose();

    private async Task<VisitedPage> ReadAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await Http.SendAsync(request, Cancellation);
        string html = await response.Content.ReadAsStringAsync(Cancellation);
        return new VisitedPage(response.StatusCode, response.Headers.Location?.OriginalString, PageRenderer.Parse(html), html);
    }
}

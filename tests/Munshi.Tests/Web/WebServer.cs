using AngleSharp.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Munshi.Access.Pages;
using Munshi.Web;

namespace Munshi.Tests.Web;

/// <summary>The frame alone, with one page and one failure behind it.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebServer(WebApplication app)
    {
        _app = app;
        Client = app.GetTestClient();
        Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<WebServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "munshi",
            ContentRootPath = SourceTree.Product,
        });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddWeb();
        WebApplication app = builder.Build();
        app.UseWeb();
        app.MapWeb();
        app.MapGet("/page", (HttpContext context, PageContextSource pages) =>
            new RazorComponentResult<SignedOutPage>(new Dictionary<string, object?> { ["Page"] = pages.Create(context, null) }));
        app.MapGet("/fails", string () => throw new InvalidOperationException("a secret detail"));
        app.MapGet("/own-policy", (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = "sandbox";
            return "own";
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new WebServer(app);
    }

    /// <summary>Opens <c>/page</c>; later posts carry its cookie.</summary>
    public async Task<IDocument> OpenPageAsync()
    {
        using HttpResponseMessage response = await Client.GetAsync("/page", TestContext.Current.CancellationToken);
        if (response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            Client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0])));
        }

        return PageRenderer.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

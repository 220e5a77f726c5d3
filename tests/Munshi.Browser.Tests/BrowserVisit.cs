using Microsoft.Playwright;

namespace Munshi.Browser.Tests;

/// <summary>One browser with one tab, which notes everything that a page must not do.</summary>
internal sealed class BrowserVisit : IAsyncDisposable
{
    private const string TellViolations =
        "document.addEventListener('securitypolicyviolation', e => console.error(`policy: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`))";

    private readonly IBrowserContext _context;

    private BrowserVisit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Problems.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => Problems.Add($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    /// <summary>Policy violations, console errors and warnings, uncaught errors.</summary>
    public List<string> Problems { get; } = [];

    public static async Task<BrowserVisit> StartAsync(IBrowser browser, Uri address, Look look, bool javaScript)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = look.Theme,
            DeviceScaleFactor = 1,
            JavaScriptEnabled = javaScript,
            Locale = "en-IN",
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "Asia/Kolkata",
            ViewportSize = look.Viewport,
        });
        context.SetDefaultTimeout(60_000);
        await context.AddInitScriptAsync(TellViolations);
        return new BrowserVisit(context, await context.NewPageAsync());
    }

    /// <summary>Opens a page and waits until its scripts have run.</summary>
    public async Task<IResponse> OpenAsync(string address) =>
        await Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.Load }) ?? throw new InvalidOperationException("No answer.");

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}

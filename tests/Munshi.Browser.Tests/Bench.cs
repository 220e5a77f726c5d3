using Microsoft.Playwright;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;

namespace Munshi.Browser.Tests;

/// <summary>A running server, the sandbox with several customers, and Chromium.</summary>
public sealed class Bench(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--font-render-hinting=none", "--hide-scrollbars"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _customers;

    internal RunningServer Server { get; private set; } = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Chromium))
        {
            Server = await RunningServer.StartAsync(postgres, CancellationToken.None);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments });
            Assertions.SetDefaultExpectTimeout(60_000);
            await SampleCustomers.WriteAsync(Server);
        }
    }

    /// <summary>A browser in which the owner is signed in.</summary>
    internal async Task<BrowserVisit> OwnerAsync(Look look, bool javaScript = true)
    {
        BrowserVisit visit = await VisitorAsync(look, javaScript);
        await visit.OpenAsync($"/sign-in/{await LinkAsync()}");
        await visit.Page.ClickAsync("main button[type=submit]");
        await visit.Page.WaitForURLAsync("**/inbox");
        return visit;
    }

    internal Task<BrowserVisit> VisitorAsync(Look look, bool javaScript = true, Uri? address = null)
    {
        Assert.SkipWhen(_browser is null, $"Chromium is missing: install the package chromium, which gives {Chromium}.");
        return BrowserVisit.StartAsync(_browser!, address ?? Server.Address, look, javaScript);
    }

    internal Task<string> LinkAsync() => Server.Get<SignInLinks>().IssueAsync(Server.ClientId, Server.OwnerId, Actor.Operator, Cancellation);

    /// <summary>A customer no other test has.</summary>
    internal SandboxPhone NewPhone()
    {
        Assert.SkipWhen(_browser is null, $"Chromium is missing: install the package chromium, which gives {Chromium}.");
        return new SandboxPhone(Server, $"91900000{Interlocked.Increment(ref _customers) + 4000}");
    }

    internal Task<Guid> NewestConversationAsync() =>
        Server.Database.ScalarAsync<Guid>("SELECT id FROM vault.conversation ORDER BY last_at DESC LIMIT 1");

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
            _playwright!.Dispose();
            await Server.DisposeAsync();
        }
    }
}

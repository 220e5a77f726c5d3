using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Munshi.Web;
using Munshi.Web.Resources;

namespace Munshi.Tests.Web;

/// <summary>Renders components to HTML and reads it back as a browser would.</summary>
internal sealed class PageRenderer : IAsyncDisposable
{
    public const string Nonce = "nonce-of-the-test";

    /// <summary>Saturday, 21 November 2026, 2:35 pm in Kolkata.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 5, 0, TimeSpan.Zero);

    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    private readonly ServiceProvider _services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();

    public IStringLocalizer<Text> Text => _services.GetRequiredService<IStringLocalizer<Text>>();

    public PageContext Page(Language? language = null, Theme theme = Theme.System, bool signedIn = true, bool owner = true) => new()
    {
        Nonce = Nonce,
        FormToken = new FormToken("form-token", "token-of-the-test"),
        Language = language ?? Language.English,
        Theme = theme,
        Times = new TimeText(Now, Kolkata, (language ?? Language.English).Culture, Text),
        Path = "/inbox",
        Assets = new AssetUrls(new DefaultEndpointDataSource()),
        Viewer = signedIn
            ? new Viewer { WorkspaceName = "Annapurna Sweets", UserName = "Ritu Sen", IsOwner = owner, BrowserKey = "u1", Ledger = LedgerState.Intact }
            : null,
    };

    /// <summary>Renders with <see cref="PageContext"/> <paramref name="page"/> and the other parameters given.</summary>
    public async Task<string> RenderAsync<TComponent>(PageContext page, params (string Name, object? Value)[] parameters)
        where TComponent : IComponent
    {
        CultureInfo.CurrentCulture = page.Language.Culture;
        CultureInfo.CurrentUICulture = page.Language.Culture;
        Dictionary<string, object?> all = parameters.ToDictionary(pair => pair.Name, pair => pair.Value);
        all["Page"] = page;
        await using HtmlRenderer renderer = new(_services, _services.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(all))).ToHtmlString());
    }

    public static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

using Munshi.Tests.Dashboard;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Search;

/// <summary>Searches a running server as its people do.</summary>
internal static class SearchedServer
{
    public static string Url(string sought, string more = "") => $"/search?q={Uri.EscapeDataString(sought)}{more}";

    /// <summary>The texts of the messages found, in order.</summary>
    public static string[] Hits(this VisitedPage page) => [.. page.Document.QuerySelectorAll(".hit-text").Select(hit => hit.TextContent.Trim())];

    public static string[] Marks(this VisitedPage page) => [.. page.Document.QuerySelectorAll(".hit-text mark").Select(mark => mark.TextContent)];

    public static string[] People(this VisitedPage page) => [.. page.Document.QuerySelectorAll(".found .option-name").Select(name => name.TextContent)];

    /// <summary>Searches until something is found.</summary>
    public static async Task<VisitedPage> UntilFoundAsync(this DashboardVisitor visitor, string sought, string more = "", int hits = 1)
    {
        VisitedPage? page = null;
        await Eventually.TrueAsync(async () => (page = await visitor.GetAsync(Url(sought, more))).Hits().Length >= hits);
        return page!;
    }

    /// <summary>Waits until everything that has happened so far can be found: a message that comes after it is.</summary>
    public static async Task CaughtUpAsync(this DashboardVisitor visitor, RunningServer server, string customer)
    {
        string last = $"zq{Guid.NewGuid():N}"[..14];
        using SandboxPhone phone = new(server, customer);
        await phone.WriteAsync(new { text = last }, TestContext.Current.CancellationToken);
        await visitor.UntilFoundAsync(last);
    }

    /// <summary>Where a link of the page leads.</summary>
    public static string Link(this VisitedPage page, string selector) =>
        page.Document.QuerySelector(selector)?.GetAttribute("href") ?? throw new InvalidOperationException($"No {selector} in {page.Html}");
}

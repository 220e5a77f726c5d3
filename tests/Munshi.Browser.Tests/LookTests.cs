using Microsoft.Playwright;
using Munshi.Tests.Running;
using Munshi.Tests.Web;
using Munshi.Vault;
using Munshi.Vault.Pages;
using Munshi.Web;
using Munshi.Web.Layout;

namespace Munshi.Browser.Tests;

/// <summary>The main pages look as they did: fixed data, fixed clock, both themes, wide and narrow.</summary>
/// <remarks>
/// Baselines lie in <c>Looks/</c>; <c>MUNSHI_LOOKS=write</c> writes them anew, and the change is reviewed as any other. A difference
/// leaves <c>*.received.png</c> beside its baseline.
/// </remarks>
[Collection(OneBench.Name)]
public sealed class LookTests(Bench bench)
{
    private static readonly string[] Pages = ["inbox", "conversation", "closed", "empty", "find", "error", "palette", "keys"];

    private static readonly string Folder = RepositoryFiles.Path("tests/Munshi.Browser.Tests/Looks");

    public static TheoryData<ColorScheme, int> Looks => PageQualityTests.Looks;

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_main_page_looks_as_it_did(ColorScheme theme, int width)
    {
        List<string> different = [];
        await using BrowserVisit visit = await StartAsync(theme, width);
        await using BrowserVisit scale = await StartAsync(theme, width);
        foreach (string name in Pages)
        {
            byte[] picture = await PictureAsync(visit, name);
            string baseline = Path.Combine(Folder, $"{name}-{theme}-{width}.png".ToLowerInvariant());
            LookDifference difference = await LookComparer.CompareAsync(scale.Page, picture, File.Exists(baseline) ? await File.ReadAllBytesAsync(baseline, TestContext.Current.CancellationToken) : null);
            if (difference.IsTheSame)
            {
                continue;
            }

            bool writes = Environment.GetEnvironmentVariable("MUNSHI_LOOKS") == "write";
            await File.WriteAllBytesAsync(writes ? baseline : Path.ChangeExtension(baseline, ".received.png"), Convert.FromHexString(difference.Picture), TestContext.Current.CancellationToken);
            if (!writes)
            {
                different.Add($"{Path.GetFileName(baseline)}: {difference.Share:P2} of the points, worst square {difference.Worst:F1}");
            }
        }

        Assert.True(different.Count == 0, string.Join('\n', different));
        Assert.Empty(visit.Problems);
    }

    /// <summary>The comparison would find what a reader would see.</summary>
    [Theory]
    [InlineData("document.getElementById('owner-bar').style.setProperty('display', 'none')")]
    [InlineData("document.querySelectorAll('.message.out').forEach(message => message.style.setProperty('justify-self', 'start'))")]
    [InlineData("document.querySelector('.tabs').style.setProperty('display', 'none')")]
    [InlineData("document.querySelector('.reply-box .send').style.setProperty('transform', 'translateX(24px)')")]
    [InlineData("document.documentElement.style.setProperty('--out-bubble', '#ffd6d6')")]
    public async Task A_fault_in_the_layout_is_found(string fault)
    {
        await using BrowserVisit visit = await StartAsync(ColorScheme.Light, Look.Desk.Width);
        await using BrowserVisit scale = await StartAsync(ColorScheme.Light, Look.Desk.Width);
        byte[] baseline = await File.ReadAllBytesAsync(Path.Combine(Folder, "conversation-light-1280.png"), TestContext.Current.CancellationToken);

        LookDifference sound = await LookComparer.CompareAsync(scale.Page, await PictureAsync(visit, "conversation"), baseline);
        await visit.Page.EvaluateAsync(fault);
        LookDifference faulty = await LookComparer.CompareAsync(scale.Page, await visit.Page.ScreenshotAsync(), baseline);

        Assert.True(sound.IsTheSame, $"{sound.Share:P2}, {sound.Worst:F1}");
        Assert.False(faulty.IsTheSame, $"{faulty.Share:P2}, {faulty.Worst:F1}");
    }

    private async Task<BrowserVisit> StartAsync(ColorScheme theme, int width)
    {
        BrowserVisit visit = await bench.VisitorAsync(new Look(theme, width));
        await visit.Page.Clock.SetFixedTimeAsync(PageRenderer.Now.UtcDateTime);
        return visit;
    }

    private static async Task<byte[]> PictureAsync(BrowserVisit visit, string name)
    {
        IPage page = visit.Page;
        await using PageRenderer renderer = new();
        string html = await HtmlAsync(renderer, name);
        await page.RouteAsync("**/look", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Body = html,
            ContentType = "text/html; charset=utf-8",
            Headers = new Dictionary<string, string> { ["Content-Security-Policy"] = new ContentSecurityPolicy(PageRenderer.Nonce).Header },
        }));
        await page.RouteAsync("**/events", route => route.FulfillAsync(new RouteFulfillOptions { Status = 204 }));
        await visit.OpenAsync("/look");
        await page.EvaluateAsync("document.getElementById('connection')?.remove()"); // no stream stays open here
        if (name is "palette" or "keys")
        {
            await page.Keyboard.PressAsync(name == "palette" ? "Control+k" : "?");
            await page.Locator(name == "palette" ? "#palette[open]" : "#keys-help[open]").WaitForAsync();
        }

        await page.EvaluateAsync("document.fonts.ready.then(() => document.activeElement?.blur())");
        byte[] picture = await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide });
        await page.UnrouteAllAsync();
        return picture;
    }

    private static Task<string> HtmlAsync(PageRenderer renderer, string name)
    {
        PageContext page = renderer.Page();
        InboxView inbox = Samples.Inbox(
            Samples.Row(),
            Samples.Row(Id(2)) with { DisplayName = "राहुल वर्मा", Snippet = "क्या दुकान रविवार को खुली है?", Unread = 0, Owner = OwnerKind.Responder },
            Samples.Row(Id(3)) with { DisplayName = "মিতা সেন", Snippet = null, SnippetKind = "image", Owner = OwnerKind.Person, OwnerName = "Debjit Roy", Unread = 120 },
            Samples.Row(Id(4)) with { DisplayName = "A customer whose profile name is very long indeed", OptedOut = true, LastAt = PageRenderer.Now.AddDays(-2) });
        ConversationView everything = Samples.Everything() with { FirstUnread = Samples.Message(5).Id };
        return name switch
        {
            "conversation" => renderer.RenderAsync<ConversationPage>(page, ("View", everything), ("Inbox", inbox)),
            "closed" => renderer.RenderAsync<ConversationPage>(
                page, ("View", everything with { Hindrance = ReplyHindrance.WindowClosed, WindowUntil = PageRenderer.Now.AddHours(-1), ReplyText = "kept" }), ("Inbox", inbox)),
            "empty" => renderer.RenderAsync<InboxPage>(page, ("View", Samples.Inbox() with { Filter = InboxFilter.Waiting })),
            "find" => renderer.RenderAsync<FindPage>(page, ("View", Samples.Found())),
            "error" => renderer.RenderAsync<ErrorPage>(renderer.Page(signedIn: false), ("Status", 500), ("Reference", "4f8b5a8e6f0c4f0b")),
            _ => renderer.RenderAsync<InboxPage>(page, ("View", inbox)),
        };
    }

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]);
}

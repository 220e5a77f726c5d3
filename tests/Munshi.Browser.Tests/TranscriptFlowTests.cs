using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

/// <summary>A conversation is saved from its page, and the file is opened as its receiver does.</summary>
[Collection(OneBench.Name)]
public sealed partial class TranscriptFlowTests(Bench bench)
{
    private const string Hostile = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title = 'ran'\"><a href=\"https://evil.example\">here</a> \u202Etxet";

    [Fact]
    public async Task A_saved_conversation_opens_offline_runs_nothing_shuts_no_one_out_and_prints_on_A4()
    {
        Look look = Look.Desk;
        string file = await SaveAsync(look);
        await using BrowserVisit reader = await bench.VisitorAsync(look);
        List<string> asked = [];
        reader.Page.Request += (_, request) => asked.Add(request.Url);

        await reader.OpenAsync($"file://{file}");

        await Expect(reader.Page.Locator(".text", new PageLocatorOptions { HasText = "<script>" })).ToHaveCountAsync(1);
        Assert.StartsWith("Conversation", await reader.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.All(asked, url => Assert.True(url.StartsWith("file://", StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
        Assert.Empty(reader.Problems);
        Assert.Equal("pre-wrap", await reader.Page.EvalOnSelectorAsync<string>(".text", "text => getComputedStyle(text).whiteSpace"));
        byte[] print = await reader.Page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true });
        Assert.All(PageSize().Matches(Encoding.Latin1.GetString(print)), size => Assert.StartsWith("/MediaBox [0 0 59", size.Value, StringComparison.Ordinal));
        Assert.NotEmpty(PageSize().Matches(Encoding.Latin1.GetString(print)));
        await reader.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Microsoft.Playwright.Media.Print });
        await Expect(reader.Page.Locator(".proof").First).ToBeHiddenAsync();
        await Expect(reader.Page.Locator("#seal")).ToBeVisibleAsync();
        File.Delete(file);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_file_fits_a_desk_and_a_phone_and_axe_finds_nothing(int width)
    {
        Look look = new(ColorScheme.Light, width);
        string file = await SaveAsync(look);
        await using BrowserVisit reader = await bench.VisitorAsync(look);

        // From an address of its own, without the file's policy: axe is a script.
        string html = Policy().Replace(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), "");
        await reader.Page.RouteAsync("**/saved", route => route.FulfillAsync(new RouteFulfillOptions { Body = html, ContentType = "text/html; charset=utf-8" }));
        await PageQualityTests.LookAsync(reader, look, "saved-conversation", "/saved");

        Assert.Equal(0, await reader.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        File.Delete(file);
    }

    private async Task<string> SaveAsync(Look look)
    {
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", TestContext.Current.CancellationToken);
        await phone.WriteAsync(new { text = Hostile }, TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => await bench.Server.Database.ScalarAsync<bool>("SELECT NOT EXISTS (SELECT FROM vault.message m WHERE NOT EXISTS (SELECT FROM ledger.place p WHERE p.client_id = m.client_id AND p.object = m.id))"));
        await using BrowserVisit owner = await bench.OwnerAsync(look);
        await owner.OpenAsync("/inbox");
        await owner.OpenAsync((await owner.Page.Locator(".row > a").First.GetAttributeAsync("href"))!);
        await owner.Page.ClickAsync("#save-conversation");
        IDownload download = await owner.Page.RunAndWaitForDownloadAsync(() => owner.Page.ClickAsync("#transcript-form button"));
        string path = Path.Combine(Path.GetTempPath(), $"munshi-test-{Guid.NewGuid():N}.html");
        await download.SaveAsAsync(path);
        Assert.Matches("^conversation-[0-9a-f]{8}\\.html$", download.SuggestedFilename);
        Assert.Empty(owner.Problems);
        return path;
    }

    [GeneratedRegex(@"/MediaBox \[[^\]]*\]")]
    private static partial Regex PageSize();

    [GeneratedRegex("<meta http-equiv=\"Content-Security-Policy\"[^>]*>")]
    private static partial Regex Policy();
}

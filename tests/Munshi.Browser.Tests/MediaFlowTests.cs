using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Munshi.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

[Collection(OneBench.Name)]
public sealed class MediaFlowTests(Bench bench)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Files_are_seen_heard_and_downloaded_in_the_conversation(ColorScheme theme, int width)
    {
        await using BrowserVisit visit = await bench.OwnerAsync(new Look(theme, width));
        IPage page = visit.Page;
        using SandboxPhone phone = bench.NewPhone();
        string name = $"Meena Files {width} (example)";
        byte[] sticker = await File.ReadAllBytesAsync(RepositoryFiles.Path("sandbox/Munshi.Sandbox/Phone/Kinds/sticker.webp"), Cancellation);
        await phone.WriteAsync(new { text = "Some files for you", name }, Cancellation);
        await phone.SendAsync("saree.webp", "image/webp", sticker, Cancellation);
        await phone.WriteAsync(new { voice = true }, Cancellation);
        await phone.SendAsync("drawing of a very long name that a customer gave to it, with a date 2026-11-22.svg", "image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8.ToArray(), Cancellation);

        await Expect(page.Locator(".row", new PageLocatorOptions { HasText = name })).ToBeVisibleAsync();
        await page.ClickAsync($".row:has-text('{name}') a");
        ILocator picture = page.Locator("#run .media-picture img");
        await Expect(page.Locator("#run a.media-file")).ToBeVisibleAsync();
        await picture.ScrollIntoViewIfNeededAsync();
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);

        Assert.True(await picture.EvaluateAsync<int>("image => image.naturalWidth") > 100);
        ILocator sound = page.Locator("#run audio");
        double seconds = await sound.EvaluateAsync<double>(
            "audio => new Promise((done, failed) => { audio.onloadedmetadata = () => done(audio.duration); audio.onerror = () => failed(audio.error.message); audio.preload = 'metadata'; audio.load(); })");
        Assert.InRange(seconds, 1.9, 2.2);
        IDownload download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("#run a.media-file"));
        Assert.EndsWith(".bin", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"));
        if (Environment.GetEnvironmentVariable("MUNSHI_SHOTS") is { } shots)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(shots, $"files-{width}.png") });
        }

        AxeResult found = await page.RunAxe(Rules);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_link_that_ran_out_on_an_open_page_is_fetched_anew()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        using SandboxPhone phone = bench.NewPhone();
        await phone.WriteAsync(new { voice = true, name = "Lila Late (example)" }, Cancellation);
        await page.ClickAsync(".row:has-text('Lila Late') a");
        ILocator sound = page.Locator("#run audio");
        await Expect(sound).ToBeVisibleAsync();

        await sound.EvaluateAsync("audio => { audio.src = audio.src.replace(/until=\\d+/, 'until=1'); audio.play().catch(() => {}); }");

        await page.WaitForFunctionAsync("() => { const audio = document.querySelector('#run audio'); return audio.duration > 1 && (audio.ended || audio.currentTime > 0.2); }");
    }

    [Fact]
    public async Task A_voice_message_plays_on_while_the_conversation_is_brought_up_to_date()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("talk to a person", Cancellation);
        await phone.WriteAsync(new { voice = true, name = "Ila Listened (example)" }, Cancellation);
        await page.ClickAsync(".row:has-text('Ila Listened') a");
        ILocator sound = page.Locator("#run audio");
        await Expect(sound).ToBeVisibleAsync();
        await page.RouteAsync("**/inbox/*", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            string later = (await response.TextAsync()).Replace("until=", "until=9", StringComparison.Ordinal);
            await route.FulfillAsync(new RouteFulfillOptions { Response = response, Body = later });
        });
        await sound.EvaluateAsync("async audio => { audio.loop = true; audio.onemptied = () => audio.dataset.begunAnew = 'yes'; await audio.play(); }");

        await phone.WriteAsync(new { text = "Did you hear it?" }, Cancellation);
        await Expect(page.Locator("#run .message.in").Last.Locator(".text")).ToHaveTextAsync("Did you hear it?");

        Assert.False(await sound.EvaluateAsync<bool>("audio => audio.paused || audio.dataset.begunAnew === 'yes'"));
        Assert.Empty(visit.Problems);
    }
}

using Microsoft.Playwright;
using Munshi.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

[Collection(OneBench.Name)]
public sealed class LongInboxTests(LongInbox inbox) : IClassFixture<LongInbox>
{
    private const int Conversations = 1000;

    private const string CountRows = "document.querySelectorAll('.row').length";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_conversations_are_run_through_with_never_more_than_200_rows_and_back()
    {
        await using BrowserVisit visit = await OpenAsync();
        IPage page = visit.Page;
        HashSet<string> seen = [];
        int most = 0;

        Assert.Equal(50, await page.EvaluateAsync<int>(CountRows));
        while (await page.Locator("#more").CountAsync() > 0)
        {
            await ScrollAsync(page, "pane.scrollHeight", -1);
            seen.UnionWith(await page.EvalOnSelectorAllAsync<string[]>(".row", "rows => rows.map(row => row.id)"));
            most = Math.Max(most, await page.EvaluateAsync<int>(CountRows));
        }

        Assert.InRange(most, 151, 200);
        Assert.True(seen.Count >= Conversations, $"{seen.Count} were seen");
        Assert.Equal(seen.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), await page.Locator(".row").Last.GetAttributeAsync("aria-posinset"));
        while (await page.Locator("#newer").CountAsync() > 0)
        {
            await ScrollAsync(page, "0", 0);
            most = Math.Max(most, await page.EvaluateAsync<int>(CountRows));
        }

        Assert.InRange(most, 151, 200);
        Assert.Equal("1", await page.Locator(".row").First.GetAttributeAsync("aria-posinset"));
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task What_the_reader_looks_at_stays_where_it_is_while_rows_come_and_go()
    {
        await using BrowserVisit visit = await OpenAsync();
        IPage page = visit.Page;
        for (int i = 0; i < 3; i++)
        {
            await ScrollAsync(page, "pane.scrollHeight", -1);
        }

        string focused = await page.EvaluateAsync<string>(
            """
            () => {
              const pane = document.getElementById("rows");
              const row = [...pane.querySelectorAll(".row")].find(row => row.getBoundingClientRect().top > pane.getBoundingClientRect().top + 200);
              row.querySelector("a").focus({ preventScroll: true });
              return row.id;
            }
            """);
        double before = await TopAsync(page, focused);
        string last = await page.Locator(".row").Last.GetAttributeAsync("id") ?? "?";
        await page.EvaluateAsync("document.querySelector('#more a').click()");
        await page.WaitForFunctionAsync("last => [...document.querySelectorAll('.row')].at(-1).id !== last", last);
        await page.WaitForFunctionAsync("document.querySelectorAll('.row').length <= 200"); // the far end is taken away

        Assert.Equal(focused, await page.EvaluateAsync<string>("document.activeElement.closest('.row')?.id"));
        Assert.InRange(await TopAsync(page, focused), before - 1, before + 1);
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task New_messages_wait_behind_a_button_while_the_reader_is_down_the_list()
    {
        await using BrowserVisit visit = await OpenAsync();
        IPage page = visit.Page;
        await ScrollAsync(page, "pane.scrollHeight", -1);
        string first = await page.Locator(".row").First.GetAttributeAsync("id") ?? "?";

        using SandboxPhone phone = inbox.Bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);

        await Expect(page.Locator("#inbox-news")).ToHaveTextAsync("1 new – show");
        Assert.Equal(first, await page.Locator(".row").First.GetAttributeAsync("id"));
        await page.ClickAsync("#inbox-news");
        await Expect(page.Locator(".row").First).Not.ToHaveIdAsync(first);
        Assert.Equal(0, await page.EvaluateAsync<double>("document.getElementById('rows').scrollTop"));
        await Expect(page.Locator("#inbox-news")).ToBeHiddenAsync();
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Without_javascript_the_list_is_paged_both_ways()
    {
        Assert.SkipWhen(!File.Exists("/usr/bin/chromium"), "Chromium is missing.");
        await using BrowserVisit visit = await inbox.Bench.OwnerAsync(Look.Desk, javaScript: false);
        await inbox.FillAsync(Conversations);
        await visit.OpenAsync("/inbox");
        string first = await visit.Page.Locator(".row").First.GetAttributeAsync("id") ?? "?";

        await visit.Page.ClickAsync("#more a");
        await Expect(visit.Page.Locator($"#{first}")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".row")).ToHaveCountAsync(50);
        await visit.Page.ClickAsync("#newer a");

        await Expect(visit.Page.Locator(".row").First).ToHaveIdAsync(first);
    }

    private async Task<BrowserVisit> OpenAsync()
    {
        BrowserVisit visit = await inbox.Bench.OwnerAsync(Look.Desk);
        await inbox.FillAsync(Conversations);
        await visit.OpenAsync("/inbox");
        await visit.Page.Mouse.MoveAsync(900, 400);
        return visit;
    }

    private static Task<double> TopAsync(IPage page, string id) => page.EvaluateAsync<double>("id => document.getElementById(id).getBoundingClientRect().top", id);

    /// <summary>Scrolls and waits until the row at that end, 0 or -1, is another.</summary>
    private static async Task ScrollAsync(IPage page, string to, int end)
    {
        string before = await page.EvaluateAsync<string>("end => [...document.querySelectorAll('.row')].at(end).id", end);
        await page.EvaluateAsync($"() => {{ const pane = document.getElementById('rows'); pane.scrollTop = {to}; pane.dispatchEvent(new Event('scroll')); }}");
        await page.WaitForFunctionAsync("([end, id]) => [...document.querySelectorAll('.row')].at(end).id !== id", new object[] { end, before });
    }
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

[Collection(OneBench.Name)]
public sealed class PaletteTests(Bench bench)
{
    [Fact]
    public async Task The_palette_finds_a_customer_and_goes_there()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync("/inbox");

        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator("#palette-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("priya gh");
        await Expect(page.Locator("#palette-found [role=option]")).ToHaveCountAsync(2);
        await Expect(page.Locator("#palette [aria-selected=true] .option-name")).ToHaveTextAsync("Priya Ghosh (example)");
        Assert.Equal(
            await page.Locator("#palette [aria-selected=true]").GetAttributeAsync("id"), await page.Locator("#palette-text").GetAttributeAsync("aria-activedescendant"));
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#conversation-title")).ToHaveTextAsync("Priya Ghosh (example)");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task What_is_typed_picks_first_the_command_that_begins_so()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        await visit.OpenAsync("/inbox");

        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.TypeAsync("led");

        await Expect(visit.Page.Locator("#palette [role=option]:not([hidden])").Filter(new() { HasText = "Knowledge" })).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator("#palette [aria-selected=true]")).ToHaveIdAsync("p-go-ledger");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task What_is_typed_before_the_palettes_script_has_come_is_sought()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync("/inbox");
        TaskCompletionSource typed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/palette*.js*", async route =>
        {
            await typed.Task;
            await route.ContinueAsync();
        });

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("dark");
        typed.SetResult();

        await Expect(page.Locator("#palette [aria-selected=true]")).ToHaveIdAsync("p-theme-dark");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
        Assert.Empty(visit.Problems);
    }
}

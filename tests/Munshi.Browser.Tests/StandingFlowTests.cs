using Microsoft.Playwright;
using Munshi.Tests.Running;
using Munshi.Vault.Labels;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

[Collection(OneBench.Name)]
public sealed class StandingFlowTests(Bench bench)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_labels_notes_puts_off_and_resolves_by_the_keyboard_alone()
    {
        Label label = new(Guid.CreateVersion7(), $"Key {Guid.NewGuid():N}"[..20], "violet");
        await bench.Server.Get<LabelBook>().MakeAsync(bench.Server.ClientId, label, bench.Server.OwnerId, Cancellation);
        Guid id = await AnsweredAsync();
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync($"/inbox/{id}");
        await page.Mouse.MoveAsync(900, 300); // the list is not pointed at

        await page.Keyboard.PressAsync("l");
        await page.Locator($"#labels-form button[value='{label.Id}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".who .chip.label")).ToHaveTextAsync(label.Name);
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("#note-text")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Call her on Monday.");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#run .note-line .text")).ToHaveTextAsync("Call her on Monday.");
        await page.Keyboard.PressAsync("e");
        await Expect(page.Locator(".who .chip.ok")).ToHaveTextAsync("Resolved");
        await Expect(page.Locator($"#c-{id}")).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("e");
        await Expect(page.Locator($"#c-{id}")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.Locator("#snooze-form button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".who .chip.info")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("f");
        await Expect(page.Locator("#filter-menu a").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#filter-menu")).Not.ToHaveAttributeAsync("open", "");

        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task What_is_typed_into_a_note_outlives_what_arrives_meanwhile()
    {
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await bench.NewestConversationAsync();
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync($"/inbox/{id}");
        await page.ClickAsync("#note-open");
        await page.FillAsync("#note-text", "half a thou");

        await phone.WriteAsync(new { text = "Meanwhile I write" }, Cancellation);

        await Expect(page.Locator("#run .text", new PageLocatorOptions { HasText = "Meanwhile I write" })).ToBeVisibleAsync();
        await Expect(page.Locator("#note-text")).ToHaveValueAsync("half a thou");
        await Expect(page.Locator("#note-text")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_into_a_note_outlives_the_other_forms_of_the_page_until_it_is_kept()
    {
        Guid id = await AnsweredAsync();
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync($"/inbox/{id}");
        await page.ClickAsync("#note-open");
        await page.FillAsync("#note-text", "ask for the invoice");

        await page.ClickAsync("#snooze-open");
        await page.Locator("#snooze-form button").First.ClickAsync();
        await Expect(page.Locator(".who .chip.info")).ToBeVisibleAsync();
        await Expect(page.Locator("#note-text")).ToHaveValueAsync("ask for the invoice");
        await Expect(page.Locator("#note-text")).ToBeVisibleAsync();
        await page.ClickAsync("#note-form button[type=submit]");
        await Expect(page.Locator("#run .note-line .text")).ToHaveTextAsync("ask for the invoice");
        await page.ReloadAsync();

        await Expect(page.Locator("#note-text")).ToHaveValueAsync("");
        Assert.Empty(visit.Problems);
    }

    private async Task<Guid> AnsweredAsync()
    {
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        return await bench.NewestConversationAsync();
    }
}

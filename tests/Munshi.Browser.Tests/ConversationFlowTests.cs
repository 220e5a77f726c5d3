using System.Diagnostics;
using Microsoft.Playwright;
using Munshi.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

[Collection(OneBench.Name)]
public sealed class ConversationFlowTests(Bench bench)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_appears_by_itself_and_a_person_answers_it_without_a_reload()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await page.EvaluateAsync("document.body.dataset.sameDocument = 'yes'");
        await page.Mouse.MoveAsync(900, 400);
        using SandboxPhone phone = bench.NewPhone();

        string asked = await phone.WriteAsync(new { text = "What are your timings?", name = "Lila Das (example)" }, Cancellation);
        ILocator row = page.Locator(".row", new PageLocatorOptions { HasText = "Lila Das (example)" });
        await Expect(row).ToBeVisibleAsync();
        await phone.NextFromBusinessAsync(asked, Cancellation);
        await Expect(row.Locator(".row-snippet")).ToContainTextAsync("Aparajita Sarees is open");
        long clicked = Stopwatch.GetTimestamp();
        await row.Locator("a").ClickAsync();
        await Expect(page.Locator("#conversation-title")).ToHaveTextAsync("Lila Das (example)");
        TestContext.Current.TestOutputHelper?.WriteLine($"click to conversation: {Stopwatch.GetElapsedTime(clicked).TotalMilliseconds:F0} ms");
        await Expect(page.Locator(".row-name >> text=Lila Das")).ToBeVisibleAsync();
        await Expect(row.Locator(".unread")).ToHaveCountAsync(0);

        await page.ClickAsync("#take-form button");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("You are answering");
        string before = (await phone.MessagesAsync(Cancellation))[^1].GetProperty("id").GetString()!;
        await page.FillAsync("#reply-text", "Good morning, this is Asha.");
        await page.Keyboard.PressAsync("Control+Enter");
        Assert.Equal("Good morning, this is Asha.", await phone.NextFromBusinessAsync(before, Cancellation));
        await Expect(page.Locator("#run .message.out").Last.Locator(".text")).ToHaveTextAsync("Good morning, this is Asha.");
        await Expect(page.Locator("#run .message.out").Last.Locator(".ticks")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Delivered|Read"));
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("");
        await phone.WriteAsync(new { text = "Thank you, Asha!" }, Cancellation);
        await Expect(page.Locator("#run .message.in").Last.Locator(".text")).ToHaveTextAsync("Thank you, Asha!");
        await page.ClickAsync("#release-form button");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("Munshi is answering");

        Assert.Equal("yes", await page.EvaluateAsync<string>("document.body.dataset.sameDocument"));
        Assert.EndsWith(await row.GetAttributeAsync("data-conversation") ?? "?", page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task What_comes_while_a_conversation_is_being_opened_is_shown_in_it()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("talk to a person", Cancellation); // what comes from now on is answered by nobody
        Guid id = await bench.NewestConversationAsync();
        ILocator row = visit.Page.Locator($"#c-{id}");
        await Expect(row).ToBeVisibleAsync();
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync($"**/inbox/{id}*", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            if (read.TrySetResult())
            {
                await came.Task; // the first is on its way for long, and tells how it was before
            }

            await route.FulfillAsync(new RouteFulfillOptions { Response = response });
        });

        await row.Locator("a").ClickAsync();
        await read.Task;
        await phone.WriteAsync(new { text = "Is anybody there?" }, Cancellation);
        await Expect(row.Locator(".row-snippet")).ToContainTextAsync("Is anybody there?");
        came.SetResult();

        await Expect(visit.Page.Locator("#run .message.in").Last.Locator(".text")).ToHaveTextAsync("Is anybody there?");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Everything_works_without_javascript()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk, javaScript: false);
        IPage page = visit.Page;
        using SandboxPhone phone = bench.NewPhone();
        string first = await phone.WriteAsync(new { text = "What are your timings?", name = "Noor Plain (example)" }, Cancellation);
        await phone.NextFromBusinessAsync(first, Cancellation);
        await phone.AskAsync("How long does delivery take?", Cancellation);
        string before = (await phone.MessagesAsync(Cancellation))[^1].GetProperty("id").GetString()!;

        await visit.OpenAsync("/inbox");
        await page.ClickAsync(".row:has-text('Noor Plain') a");
        await page.ClickAsync("#take-form button");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("You are answering");
        await page.FillAsync("#reply-text", "A plain answer.");
        await page.ClickAsync("#reply-form button");
        await Expect(page.Locator("#run .message.out").Last.Locator(".text")).ToHaveTextAsync("A plain answer.");
        await page.ClickAsync("#release-form button");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("Munshi is answering");
        await page.ClickAsync(".tabs a[href='/inbox?view=waiting']");
        await Expect(page.Locator(".tabs [aria-current]")).ToContainTextAsync("Waiting");
        await page.ClickAsync("#sign-out button");
        await Expect(page.Locator("h1")).ToHaveTextAsync("You are signed out");

        Assert.Equal("A plain answer.", await phone.NextFromBusinessAsync(before, Cancellation));
    }

    [Fact]
    public async Task A_draft_survives_a_reload_and_the_row_says_so()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await bench.NewestConversationAsync();
        await visit.OpenAsync($"/inbox/{id}");

        await page.FillAsync("#reply-text", "half a thought");
        await page.ReloadAsync();

        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("half a thought");
        await Expect(page.Locator($"#c-{id} .draft-mark")).ToBeVisibleAsync();
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_refresh_while_the_reply_is_on_its_way_does_not_bring_the_text_back()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await bench.NewestConversationAsync();
        await visit.OpenAsync($"/inbox/{id}");
        TaskCompletionSource answer = new();
        await page.RouteAsync("**/messages*", async route =>
        {
            IAPIResponse response = await route.FetchAsync();
            await answer.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Response = response });
        });

        await page.FillAsync("#reply-text", "on its way");
        await page.ClickAsync("#reply-form button");
        await Expect(page.Locator("#run .message.out:not(.pending)").Last.Locator(".text")).ToHaveTextAsync("on its way");
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("");
        answer.SetResult();

        await Expect(page.Locator("#reply-text")).ToBeEditableAsync();
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("");
        await Expect(page.Locator("#run .text", new PageLocatorOptions { HasText = "on its way" })).ToHaveCountAsync(1);
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task What_was_typed_stays_when_the_window_closed_meanwhile()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await bench.NewestConversationAsync();
        await visit.Page.RunAndWaitForResponseAsync(
            () => visit.OpenAsync($"/inbox/{id}"),
            response => response.Request.Headers.ContainsKey("hx-request") && response.Url.Contains($"{id}", StringComparison.Ordinal)); // the first pull is over
        await visit.Page.FillAsync("#reply-text", "typed in vain");
        TaskCompletionSource clicked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync($"**/inbox/{id}**", async route =>
        {
            if (route.Request.Method == "GET")
            {
                await clicked.Task; // a pull would tell before the click
            }

            await route.ContinueAsync();
        });
        await bench.Server.Database.AsSuperuserAsync($"UPDATE vault.conversation SET window_from = window_from - interval '24 hours' WHERE id = '{id}'");

        await visit.Page.ClickAsync("#reply-form button");
        clicked.SetResult();

        await Expect(visit.Page.Locator("textarea.kept")).ToHaveValueAsync("typed in vain");
        await Expect(visit.Page.Locator("#reply-box .state")).ToContainTextAsync("Window closed since");
    }

    [Fact]
    public async Task The_keyboard_moves_opens_and_leads_back()
    {
        using SandboxPhone phone = bench.NewPhone(); // the newest row is then one that can be answered
        await phone.AskAsync("What are your timings?", Cancellation);
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        string second = await page.Locator(".row").Nth(1).GetAttributeAsync("id") ?? "?";
        Assert.Equal(second, await page.EvaluateAsync<string>("document.activeElement.closest('.row')?.id"));
        await page.Keyboard.PressAsync("k");
        string first = await page.Locator(".row").Nth(0).GetAttributeAsync("id") ?? "?";
        Assert.Equal(first, await page.EvaluateAsync<string>("document.activeElement.closest('.row')?.id"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator($"#{first} a")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator("#reply-text")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        Assert.Equal(first, await page.EvaluateAsync<string>("document.activeElement.closest('.row')?.id"));
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("#keys-help")).ToBeVisibleAsync();
        Assert.Empty(visit.Problems);
    }
}

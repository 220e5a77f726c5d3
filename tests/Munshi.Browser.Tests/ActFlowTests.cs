using Microsoft.Playwright;
using Munshi.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

[Collection(OneBench.Name)]
public sealed class ActFlowTests(Bench bench)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_that_does_not_arrive_stays_with_its_reason_and_is_sent_again_once()
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;
        ILocator bubble = page.Locator("#unsent .message");
        await page.RouteAsync("**/messages*", route => route.AbortAsync());

        await page.FillAsync("#reply-text", "sent over a bad line");
        await page.ClickAsync("#reply-form button");

        await Expect(bubble.Locator(".reason")).ToContainTextAsync("could not be reached");
        await Expect(bubble.Locator(".ticks:not([hidden])")).ToHaveTextAsync("Not sent");
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("");
        await page.UnrouteAsync("**/messages*");
        await page.ReloadAsync();
        await Expect(bubble.Locator(".text")).ToHaveTextAsync("sent over a bad line");
        string before = (await phone.MessagesAsync(Cancellation))[^1].GetProperty("id").GetString()!;
        await bubble.Locator(".retry-unsent").ClickAsync();
        Assert.Equal("sent over a bad line", await phone.NextFromBusinessAsync(before, Cancellation));
        await Expect(bubble).ToHaveCountAsync(0);
        await Expect(page.Locator("#run .text", new PageLocatorOptions { HasText = "sent over a bad line" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task An_answer_that_was_lost_on_the_way_back_sends_nothing_twice()
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;
        await page.RouteAsync("**/messages*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });

        await page.FillAsync("#reply-text", "once only");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("#run .out .text", new PageLocatorOptions { HasText = "once only" })).ToHaveCountAsync(1);
        await page.UnrouteAsync("**/messages*");
        await page.ReloadAsync();
        await page.ClickAsync("#unsent .retry-unsent");

        await Expect(page.Locator("#unsent .message")).ToHaveCountAsync(0);
        await Expect(page.Locator("#run .out .text", new PageLocatorOptions { HasText = "once only" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_refusal_of_the_server_shows_its_reference_and_the_text_goes_back_into_the_box()
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;
        await page.RouteAsync("**/messages*", route => route.FulfillAsync(new RouteFulfillOptions
        {
            Status = 500,
            Headers = new Dictionary<string, string> { ["Munshi-Reference"] = "ref-for-the-test" },
        }));

        await page.FillAsync("#reply-text", "a text to change");
        await page.ClickAsync("#reply-form button");
        await Expect(page.Locator("#unsent .reason")).ToContainTextAsync("ref-for-the-test");
        await page.ClickAsync("#unsent .edit-unsent");

        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("a text to change");
        await Expect(page.Locator("#unsent .message")).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(409)]
    [InlineData(422)]
    public async Task Replies_that_are_refused_come_back_in_their_order_before_what_is_being_written(int status)
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;
        TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.RouteAsync("**/messages*", async route =>
        {
            await written.Task;
            await route.FulfillAsync(new RouteFulfillOptions { Status = status });
        });

        foreach (string reply in (string[])["the first", "the second"])
        {
            await page.FillAsync("#reply-text", reply);
            await page.ClickAsync("#reply-form button");
        }

        await Expect(page.Locator("#unsent .message")).ToHaveCountAsync(2);
        await page.FillAsync("#reply-text", "just begun");
        written.SetResult();

        await Expect(page.Locator("#unsent .message")).ToHaveCountAsync(0);
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("the first\nthe second\njust begun");
        await page.ReloadAsync();
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("the first\nthe second\njust begun");
    }

    [Fact]
    public async Task Taking_over_is_taken_back_with_one_key_and_the_conversation_waits_as_before()
    {
        using SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("Please let me talk to a person.", Cancellation);
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync($"/inbox/{await bench.NewestConversationAsync()}");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("Waiting for a person");

        await page.Keyboard.PressAsync("a");
        await Expect(page.Locator(".toast .said")).ToContainTextAsync("You took over");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("You are answering");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("z");

        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("Waiting for a person");
        await Expect(page.Locator(".toast")).ToHaveCountAsync(0);
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task The_palette_gives_commands_and_only_those_that_are_possible()
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;

        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("#p-do-take")).ToBeVisibleAsync();
        await Expect(page.Locator("#p-do-release")).ToBeHiddenAsync();
        await page.Keyboard.TypeAsync("take ov");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#owner-bar .state")).ToHaveTextAsync("You are answering");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("dark");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("html[data-theme=dark]")).ToHaveCountAsync(1);
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task Single_keys_rest_when_they_are_switched_off_and_while_words_are_composed()
    {
        await using BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        IPage page = visit.Page;
        await visit.OpenAsync("/inbox");
        await page.EvaluateAsync("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true, isComposing: true }))");
        await Expect(page.Locator("#keys-help")).ToBeHiddenAsync();

        await page.Keyboard.PressAsync("?");
        await page.UncheckAsync("#keys-on");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        Assert.Null(await page.EvaluateAsync<string?>("document.activeElement.closest('.row')?.id ?? null"));
        await page.ClickAsync("#keys-open");
        await page.CheckAsync("#keys-on");
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("j");

        Assert.NotNull(await page.EvaluateAsync<string?>("document.activeElement.closest('.row')?.id ?? null"));
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_plain_enter_sends_only_for_whoever_chose_it()
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;

        await page.FillAsync("#reply-text", "one line");
        await page.FocusAsync("#reply-text");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("one line\n");
        await page.ClickAsync("#keys-open");
        await page.CheckAsync("#enter-sends");
        await page.Keyboard.PressAsync("Escape");
        await page.FillAsync("#reply-text", "sent by Enter");
        await page.FocusAsync("#reply-text");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator("#run .out .text", new PageLocatorOptions { HasText = "sent by Enter" })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Signing_out_leaves_no_draft_behind_also_before_the_script_that_sees_to_it_has_come(bool isLate)
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        if (isLate)
        {
            await visit.Page.RouteAsync("**/list*.js*", route => route.AbortAsync());
            await visit.Page.ReloadAsync();
        }

        await visit.Page.EvaluateAsync("localStorage.setItem('munshi-other', '1')");
        await visit.Page.FillAsync("#reply-text", "nobody else's business");
        await visit.Page.ClickAsync("#sign-out button");
        await Expect(visit.Page.Locator("h1")).ToHaveTextAsync("You are signed out");

        await visit.Page.WaitForFunctionAsync("!Object.keys(localStorage).some(name => name.startsWith('munshi-draft') || name.startsWith('munshi-unsent'))");
        Assert.Equal("1", await visit.Page.EvaluateAsync<string>("localStorage.getItem('munshi-other')"));
        Assert.True(isLate || visit.Problems.Count == 0);
    }

    [Fact]
    public async Task What_comes_in_while_the_reader_reads_above_is_counted_and_moves_nothing()
    {
        (BrowserVisit visit, SandboxPhone phone, Guid _) = await OpenAsync();
        await using BrowserVisit open = visit;
        using SandboxPhone customer = phone;
        IPage page = visit.Page;
        await page.SetViewportSizeAsync(1280, 560);
        await phone.AskAsync("Please let me talk to a person.", Cancellation); // from now on nobody answers by itself
        for (int i = 1; i <= 6; i++)
        {
            await phone.WriteAsync(new { text = $"Line {i}" }, Cancellation);
        }

        await Expect(page.Locator("#run .text", new PageLocatorOptions { HasText = "Line 6" })).ToBeVisibleAsync();
        await Expect(page.Locator("#run .message.out .ticks.read")).ToHaveCountAsync(2); // nothing else is on its way
        await page.EvaluateAsync("document.getElementById('thread').scrollTop = 0");
        await Expect(page.Locator("#jump")).ToBeVisibleAsync();
        await phone.WriteAsync(new { text = "Line 7" }, Cancellation);
        await phone.WriteAsync(new { text = "Line 8" }, Cancellation);

        await Expect(page.Locator("#jump .count")).ToHaveTextAsync("(2)");
        Assert.Equal(0, await page.EvaluateAsync<double>("document.getElementById('thread').scrollTop"));
        await page.ClickAsync("#jump");
        await Expect(page.Locator("#jump")).ToBeHiddenAsync();
    }

    private async Task<(BrowserVisit Visit, SandboxPhone Phone, Guid Conversation)> OpenAsync()
    {
        SandboxPhone phone = bench.NewPhone();
        await phone.AskAsync("What are your timings?", Cancellation);
        Guid id = await bench.NewestConversationAsync();
        BrowserVisit visit = await bench.OwnerAsync(Look.Desk);
        await visit.OpenAsync($"/inbox/{id}");
        return (visit, phone, id);
    }
}

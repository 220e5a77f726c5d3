using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

/// <summary>The sandbox's pages as people use them.</summary>
/// <remarks>The answers of the first test are Munshi's; the others have a sandbox of their own. <c>MUNSHI_SCREENSHOTS</c> as in <see cref="PageQualityTests"/>.</remarks>
[Collection(OneBench.Name)]
public sealed class SandboxPhonesTests(Bench bench)
{
    private const string Asha = "919000000101";
    private const string Ravi = "919000000102";

    private const string Menu = """
        {"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"Our shop"},"body":{"text":"Which of these do you mean?"},
         "footer":{"text":"Sandbox Shop"},"action":{"button":"See answers","sections":[{"title":"Shop","rows":[{"id":"hours","title":"Opening hours","description":"When we are there"},{"id":"where","title":"Address"}]},
         {"title":"People","rows":[{"id":"human","title":"Talk to a person"}]}]}}}
        """;

    private const string Question = """
        {"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"button","body":{"text":"Was this it?"},
         "action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}}}
        """;

    private static readonly string[] Kinds =
    [
        """{"text":"slip","name":"Asha"}""", """{"revoke":{"messageId":"m1"}}""", """{"text":"blue"}""", """{"edit":{"messageId":"m3","text":"red"}}""",
        """{"sticker":{}}""", """{"voice":true}""", """{"unsupported":{"type":"poll_creation"}}""", """{"text":"line","forwarded":true}""",
        """{"text":"there?","product":{"retailerId":"SAREE-BLUE"},"referral":{"headline":"Autumn sale"}}""",
        """{"location":{"latitude":22.5726,"longitude":88.3639,"name":"Gariahat market","address":"Rashbehari Avenue"}}""",
        """{"contacts":{"cards":[{"name":"Meena Das","phone":"+91 90000 00171","company":"MD Traders"},{"name":"Ravi"}]}}""",
        """{"order":{"text":"please today","items":[{"retailerId":"SAREE-BLUE","quantity":2,"price":1249},{"retailerId":"BLOUSE-M","quantity":1,"price":399.5}]}}""",
        """{"form":{"response":{"pin":"700001"}}}""", """{"marketing":"stop"}""",
    ];

    [Fact]
    public async Task Two_customers_side_by_side_are_each_answered_on_their_own_phone()
    {
        using SandboxPhone unused = bench.NewPhone();
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: bench.Server.SandboxAddress);
        IPage page = visit.Page;
        await visit.OpenAsync("/?phone=919000007001&phone=919000007002");

        await WriteAsync(page, "919000007001", "What are your timings?");
        await WriteAsync(page, "919000007002", "Do you have cash on delivery?");

        ILocator first = page.Locator("#pane-919000007001 .bubble.theirs");
        ILocator second = page.Locator("#pane-919000007002 .bubble.theirs");
        await Expect(first.First).ToContainTextAsync("Aparajita Sarees is open");
        await Expect(second.First).ToBeVisibleAsync();
        await Expect(second.First).Not.ToContainTextAsync("Aparajita Sarees is open");
        await Expect(page.Locator("#pane-919000007002 .bubble.own .ticks")).Not.ToHaveClassAsync("ticks sent");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_list_opens_as_a_sheet_by_keyboard_and_the_choice_is_sent_as_a_reply()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"text":"Hello","name":"Asha"}""");
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;
        await visit.OpenAsync($"/?phone={Asha}");
        await sandbox.GraphAsync(Menu);

        await page.Locator(".sheet summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Dialog, new() { Name = "See answers" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Opening hours")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator(".sheet summary")).ToBeFocusedAsync();
        await page.ClickAsync(".sheet summary");
        await page.CheckAsync("[name=listId][value=human]");
        await page.ClickAsync(".sheet .primary");

        ILocator chosen = page.Locator(".bubble.own").Last;
        await Expect(chosen.Locator("p")).ToHaveTextAsync("Talk to a person");
        await Expect(chosen.Locator("blockquote")).ToContainTextAsync("Which of these do you mean?");
        await Expect(page.Locator(".sheet[open]")).ToHaveCountAsync(0);
        Assert.Equal("interactive", (await sandbox.ReadAsync(Asha))[^1].GetProperty("kind").GetString());
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_pressed_button_answers_and_ticks_go_forward_without_a_reload()
    {
        await using SandboxServer sandbox = await StartAsync();
        string wamid = (await sandbox.WriteAsync(Asha, """{"text":"Hello","name":"Asha"}""")).GetProperty("wamid").GetString()!;
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;
        await visit.OpenAsync($"/?phone={Asha}");
        ILocator ticks = page.Locator(".bubble.own").First.Locator(".ticks");

        await Expect(ticks).ToHaveTextAsync("Sent"); // nothing listens at the callback
        await sandbox.GraphAsync($$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{wamid}}"}""");
        await Expect(ticks).ToHaveTextAsync("Read");
        await sandbox.GraphAsync(Question);
        await page.ClickAsync("button[name=buttonId][value=yes]");

        await Expect(page.Locator(".bubble.own").Last.Locator("p")).ToHaveTextAsync("Yes");
        await Expect(page.Locator(".bubble.own").Last.Locator("blockquote")).ToContainTextAsync("Was this it?");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_message_on_its_way_has_a_clock_and_comes_back_to_the_box_when_it_fails()
    {
        await using SandboxServer sandbox = await StartAsync();
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;
        await visit.OpenAsync($"/?phone={Asha}");
        TaskCompletionSource failure = new();
        await page.RouteAsync("**/?phone=*&as=*", async route =>
        {
            await failure.Task;
            await route.AbortAsync();
        });

        await WriteAsync(page, Asha, "Anyone there?");
        await Expect(page.Locator(".line.sending .ticks")).ToHaveTextAsync("Sending");
        failure.SetResult();

        await Expect(page.Locator("#problem")).ToContainTextAsync("Nothing was sent");
        await Expect(page.Locator("#text")).ToHaveValueAsync("Anyone there?");
        await Expect(page.Locator(".line.sending")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Replying_and_reacting_work_in_place()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"text":"The red one","name":"Asha"}""");
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;
        await visit.OpenAsync($"/?phone={Asha}");

        await page.ClickAsync(".act summary");
        await page.ClickAsync(".act [aria-label='Heart']");
        await Expect(page.Locator(".reactions")).ToContainTextAsync("❤️");
        await page.ClickAsync(".act summary");
        await page.ClickAsync(".act .reply");
        await Expect(page.Locator(".quoting")).ToContainTextAsync("The red one");
        await page.Keyboard.TypeAsync("in size M");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".bubble.own").Last.Locator("blockquote")).ToContainTextAsync("The red one");
        await Expect(page.Locator(".quoting")).ToBeHiddenAsync();
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task A_switch_on_the_control_page_changes_what_happens_and_the_counts_say_so()
    {
        await using SandboxServer sandbox = await StartAsync();
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;
        await visit.OpenAsync("/control");

        await page.CheckAsync("#duplicate");
        await Expect(page.Locator("#active")).ToHaveTextAsync("1");
        await sandbox.WriteAsync(Asha, """{"text":"once"}""");
        await Expect(page.Locator("[data-field=duplicated]")).ToHaveTextAsync("1");
        await page.ClickAsync("#off");
        await Expect(page.Locator("#duplicate")).Not.ToBeCheckedAsync();
        await sandbox.WriteAsync(Asha, """{"text":"again"}""");

        Assert.Equal(1, (await sandbox.Http.GetStringAsync("/control/state", TestContext.Current.CancellationToken)).Split("\"duplicated\":1,").Length - 1);
        Assert.Empty(visit.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Neither_page_shuts_anyone_out(ColorScheme theme, int width)
    {
        await using SandboxServer sandbox = await StartAsync();
        await FillAsync(sandbox);
        await using BrowserVisit visit = await bench.VisitorAsync(new Look(theme, width), address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;

        await visit.OpenAsync($"/?phone={Asha}&phone={Ravi}");
        await Expect(page.Locator(".typing")).ToBeVisibleAsync();
        await CheckAsync(visit, $"sandbox-phones-{theme}-{width}");
        await page.ClickAsync($"#pane-{Asha} .sheet summary");
        await CheckAsync(visit, $"sandbox-list-{theme}-{width}");
        await page.ClickAsync(".shut");
        await page.ClickAsync($"#pane-{Asha} .act summary >> nth=0");
        await page.ClickAsync(".add summary");
        await CheckAsync(visit, $"sandbox-menus-{theme}-{width}");
        await visit.OpenAsync("/control");
        await CheckAsync(visit, $"sandbox-control-{theme}-{width}");
        await page.ClickAsync(theme == ColorScheme.Dark ? ".theme [value=light]" : ".theme [value=dark]");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", theme == ColorScheme.Dark ? "light" : "dark");
        await CheckAsync(visit, $"sandbox-control-switched-{theme}-{width}");
        Assert.Empty(visit.Problems);
    }

    [Fact]
    public async Task The_menu_is_used_by_keyboard_and_sends_in_place()
    {
        await using SandboxServer sandbox = await StartAsync();
        await using BrowserVisit visit = await bench.VisitorAsync(Look.Desk, address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;
        await visit.OpenAsync($"/?phone={Asha}");
        ILocator summary = page.Locator(".plus > summary");

        await summary.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".plus [value=sticker]").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(summary).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ClickAsync(".plus details >> nth=0");
        await page.FillAsync("[name=place]", "Gariahat market");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.Locator(".bubble.own .detail strong")).ToHaveTextAsync("Gariahat market");
        await Expect(page.Locator(".plus[open]")).ToHaveCountAsync(0);
        await page.ClickAsync(".act summary");
        await page.ClickAsync(".act [name=revoke]");
        await Expect(page.Locator(".gone")).ToHaveTextAsync("You deleted this message");
        await page.FillAsync("#text", "the blue one");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".bubble.own").Last).ToContainTextAsync("the blue one");
        await Expect(page.Locator(".bubble.own").Last).ToContainTextAsync("Sent");
        await page.ClickAsync(".line:nth-last-of-type(1) .act summary");
        await page.ClickAsync(".line:nth-last-of-type(1) .edit");
        await page.FillAsync("#text", "the red one");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".bubble.own").Last).ToContainTextAsync("the red one");
        await Expect(page.Locator(".bubble.own").Last).ToContainTextAsync("Edited");
        await page.FillAsync("#text", "another");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".bubble.own")).ToHaveCountAsync(3);
        Assert.Empty(visit.Problems);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Neither_the_menu_nor_any_kind_shuts_anyone_out(ColorScheme theme, int width)
    {
        await using SandboxServer sandbox = await StartAsync();
        foreach (string kind in Kinds)
        {
            await sandbox.WriteAsync(Asha, kind);
        }

        await using BrowserVisit visit = await bench.VisitorAsync(new Look(theme, width), address: sandbox.Http.BaseAddress);
        IPage page = visit.Page;

        await visit.OpenAsync($"/?phone={Asha}");
        await CheckAsync(visit, $"sandbox-kinds-{theme}-{width}");
        await page.EvaluateAsync("document.querySelector('.thread').scrollTop = 0");
        await CheckAsync(visit, $"sandbox-kinds-top-{theme}-{width}");
        await page.ClickAsync(".plus > summary");
        await CheckAsync(visit, $"sandbox-plus-{theme}-{width}");
        int parts = await page.Locator(".plus .card > details").CountAsync();
        for (int part = 0; part < parts; part++)
        {
            await page.ClickAsync($".plus .card > details >> nth={part} >> summary");
            await CheckAsync(visit, $"sandbox-plus-{part}-{theme}-{width}");
        }

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth && document.querySelector('.plus .card').scrollWidth <= document.querySelector('.plus .card').clientWidth"));
        Assert.Empty(visit.Problems);
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));

    private static async Task FillAsync(SandboxServer sandbox)
    {
        string id = (await sandbox.WriteAsync(Asha, """{"text":"Is the blue kurti there? https://example.com/kurti","name":"Asha"}""")).GetProperty("id").GetString()!;
        await sandbox.WriteAsync(Asha, $$$"""{"reaction":{"messageId":"{{{id}}}","emoji":"🙏"}}""");
        await sandbox.GraphAsync(Menu);
        await sandbox.WriteAsync(Asha, $$"""{"text":"{{string.Concat(Enumerable.Repeat("A long story. ", 120))}}","replyTo":"{{id}}"}""");
        await sandbox.WriteAsync(Ravi, """{"text":"नमस्ते, दुकान कब खुलती है?","name":"Ravi"}""");
        await sandbox.WriteAsync("919000000103", """{"text":"Hi","name":"Meera"}""");
        await sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000103","type":"text","text":{"body":"Hello Meera"}}""");
        await sandbox.GraphAsync(Question);
        string wamid = (await sandbox.WriteAsync(Asha, """{"text":"Thanks 👩‍👩‍👧‍👦"}""")).GetProperty("wamid").GetString()!;
        await sandbox.GraphAsync($$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{wamid}}}","typing_indicator":{"type":"text"}}""");
    }

    private static async Task WriteAsync(IPage page, string phone, string text)
    {
        await page.FillAsync($"#pane-{phone} textarea", text);
        await page.ClickAsync($"#pane-{phone} .write .primary");
    }

    private static async Task CheckAsync(BrowserVisit visit, string name)
    {
        if (Environment.GetEnvironmentVariable("MUNSHI_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png".ToLowerInvariant()) });
        }

        AxeResult found = await visit.Page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        });
        Assert.True(found.Violations.Length == 0, string.Join(
            '\n', found.Violations.Select(violation => $"{name}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
    }
}

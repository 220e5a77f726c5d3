using System.Text.Json.Nodes;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Munshi.Notices;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;
using Munshi.Vault.Fields;
using Munshi.Vault.Labels;
using Munshi.Vault.Notes;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

/// <summary>Every page in both themes, wide and narrow: nothing the policy forbids, nothing axe finds.</summary>
/// <remarks><c>MUNSHI_SCREENSHOTS</c> names a folder for pictures of what was looked at.</remarks>
[Collection(OneBench.Name)]
public sealed class PageQualityTests(Bench bench)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    public static TheoryData<ColorScheme, int> Looks => new()
    {
        { ColorScheme.Light, 1280 },
        { ColorScheme.Light, 390 },
        { ColorScheme.Dark, 1280 },
        { ColorScheme.Dark, 390 },
    };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task No_page_breaks_its_policy_or_shuts_anyone_out(ColorScheme theme, int width)
    {
        Look look = new(theme, width);
        await using BrowserVisit visit = await bench.OwnerAsync(look);
        await bench.Server.Database.AsSuperuserAsync(
            $"UPDATE vault.conversation SET owner_kind = 'person', owner_person_id = '{bench.Server.OwnerId}', owner_epoch = owner_epoch + 1 WHERE id = (SELECT id FROM vault.conversation WHERE owner_kind = 'waiting' ORDER BY last_at LIMIT 1) AND NOT EXISTS (SELECT FROM vault.conversation WHERE owner_kind = 'person')");

        await LookAsync(visit, look, "inbox", "/inbox");
        string[] rows = await visit.Page.EvalOnSelectorAllAsync<string[]>(".row > a", "links => links.map(link => link.getAttribute('href'))");
        for (int i = 0; i < Math.Min(rows.Length, 7); i++)
        {
            await LookAsync(visit, look, $"conversation-{i}", rows[i]);
        }

        await LookAsync(visit, look, "transcript", $"{rows[0].Split('?')[0]}/transcript?lang=en");
        await LookAsync(visit, look, "transcript-bengali", $"{rows[0].Split('?')[0]}/transcript?lang=bn");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        (string contact, string other) = ($"{rows[0].Split('?')[0]}/contact", rows[1].Split('?')[0]["/inbox/".Length..]);
        await LookAsync(visit, look, "contact", $"{contact}?lang=en");
        await visit.Page.FillAsync("#find-whom", "example");
        await visit.Page.ClickAsync("#find-form button");
        await Expect(visit.Page.Locator("#found")).ToBeVisibleAsync();
        await CheckAsync(visit, look, "contact-found");
        await LookAsync(visit, look, "contact-joining", $"{contact}/joining?lang=en&with={other}");
        await LookAsync(visit, look, "contact-joining-bengali", $"{contact}/joining?lang=bn&with={other}");
        await LookAsync(visit, look, "contact-bengali", $"{contact}?lang=bn");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "waiting", "/inbox?view=waiting");
        await LookAsync(visit, look, "mine", "/inbox?view=mine");
        await LookAsync(visit, look, "hindi", "/inbox?lang=hi");
        await LookAsync(visit, look, "bengali", $"{rows[0]}?lang=bn");
        await StandingAsync(visit, look, rows[0]);
        await LookAsync(visit, look, "find", "/find?q=example");
        await LookAsync(visit, look, "find-nothing", "/find?q=nobody");
        await LookAsync(visit, look, "search", "/search?q=example&order=relevance");
        await LookAsync(visit, look, "search-nothing", "/search?q=nobody");
        await LookAsync(visit, look, "notices-empty", "/settings/notices");
        await bench.Server.Get<NoticeBoard>().RaiseAsync(bench.Server.ClientId, TestMail.To(bench.Server.OwnerId), TestContext.Current.CancellationToken);
        await LookAsync(visit, look, "notices", "/settings/notices");
        await visit.Page.Locator("#notice-settings button").ScrollIntoViewIfNeededAsync();
        await CheckAsync(visit, look, "notices-settings");
        await LookAsync(visit, look, "notices-bengali", "/settings/notices?lang=bn");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "costs", "/settings/costs?lang=en");
        await visit.Page.FillAsync("#limit", "five hundred");
        await visit.Page.ClickAsync("#cost-limit button");
        await Expect(visit.Page.Locator("#limit-problem")).ToBeVisibleAsync();
        await CheckAsync(visit, look, "costs-refused");
        Assert.Contains("422", Assert.Single(visit.Problems), StringComparison.Ordinal);
        visit.Problems.Clear(); // the refusal has that status
        await LookAsync(visit, look, "costs-bengali", "/settings/costs?lang=bn");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "imports", "/settings/imports?lang=en");
        await visit.Page.ClickAsync("#upload-form summary");
        await CheckAsync(visit, look, "imports-more");
        await LookAsync(visit, look, "imports-bengali", "/settings/imports?lang=bn");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "api-keys", "/settings/api-keys?lang=en");
        await visit.Page.FillAsync("#key-name", "Bookkeeping");
        await visit.Page.ClickAsync("#new-key-form button");
        await Expect(visit.Page.Locator("button[data-copy=secret]")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await CheckAsync(visit, look, "api-key-made");
        await visit.Page.ClickAsync("#api-keys .in-words summary");
        await CheckAsync(visit, look, "api-key-revoke");
        await visit.Page.ClickAsync("#api-keys .in-words button");
        await visit.Page.WaitForURLAsync("**/settings/api-keys?done=revoked");
        await CheckAsync(visit, look, "api-keys-revoked");
        await LookAsync(visit, look, "api-keys-bengali", "/settings/api-keys?lang=bn");
        await FailAsync();
        await LookAsync(visit, look, "deliveries", "/settings/deliveries?lang=en");
        await Expect(visit.Page.Locator("#failed")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#problems")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        string update = (await visit.Page.GetAttributeAsync("#updates > li > a", "href"))!;
        await visit.Page.FillAsync("#provider-id", "wamid.of-nobody");
        await visit.Page.ClickAsync("#search-form button");
        await Expect(visit.Page.Locator("#found")).ToBeVisibleAsync();
        await CheckAsync(visit, look, "deliveries-found");
        await LookAsync(visit, look, "deliveries-nothing", "/settings/deliveries?day=1999-01-01");
        await LookAsync(visit, look, "deliveries-bengali", "/settings/deliveries?lang=bn");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "delivery", $"{update}?lang=en");
        await visit.Page.ClickAsync("#content summary");
        await CheckAsync(visit, look, "delivery-content");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "ledger", "/ledger");
        await LookAsync(visit, look, "ledger-nothing", "/ledger?day=1999-01-01");
        await LookAsync(visit, look, "ledger-checkpoints", "/ledger/checkpoints");
        await LookAsync(visit, look, "ledger-verifications", "/ledger/verifications");
        await LookAsync(visit, look, "ledger-hindi", "/ledger?lang=hi");
        await LookAsync(visit, look, "ledger-entry", "/ledger/entries/1?lang=en");
        await visit.Page.ClickAsync(".in-words summary");
        await CheckAsync(visit, look, "ledger-entry-in-words");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        Assert.True((await visit.Page.Locator(".page .proof-tree").First.BoundingBoxAsync())!.Width <= look.Width);
        await visit.OpenAsync(rows[0]);
        await visit.Page.ClickAsync(".source summary >> nth=0");
        await visit.Page.ClickAsync("#take-form button");
        await visit.Page.HoverAsync(".toast"); // it stays while it is pointed at
        await CheckAsync(visit, look, "toast-and-source");
        await visit.Page.ClickAsync(".toast .undo");
        await Expect(visit.Page.Locator("#take-form")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Control+k");
        await Expect(visit.Page.Locator("#palette")).ToBeVisibleAsync();
        await CheckAsync(visit, look, "palette");
        await visit.Page.FillAsync("#palette-text", "exam");
        await Expect(visit.Page.Locator("#palette-found [role=option]").First).ToBeVisibleAsync();
        await CheckAsync(visit, look, "palette-found");
        Assert.Empty(visit.Problems);
        await visit.OpenAsync(rows[0]);
        await visit.Page.RouteAsync("**/messages*", route => route.AbortAsync());
        await visit.Page.FillAsync("#reply-text", "not sent");
        await visit.Page.ClickAsync("#reply-form button");
        await Expect(visit.Page.Locator("#unsent .reason")).ToBeVisibleAsync();
        await CheckAsync(visit, look, "unsent");
        visit.Problems.Clear(); // the line that was cut on purpose
        await LookAsync(visit, look, "not-found", $"/inbox/{Guid.Empty}");
        await visit.OpenAsync("/inbox");
        await visit.Page.ClickAsync("#preferences summary");
        await CheckAsync(visit, look, "preferences");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Keyboard.PressAsync("?");
        await CheckAsync(visit, look, "keys");
        Assert.DoesNotContain(visit.Problems, problem => !problem.Contains("404", StringComparison.Ordinal));
    }

    /// <summary>Labels, fields, a note, what was put off, and the menus that lead there.</summary>
    private async Task StandingAsync(BrowserVisit visit, Look look, string conversation)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Guid id = Guid.Parse(conversation["/inbox/".Length..].Split('?')[0]);
        foreach (string colour in new[] { "grey", "blue", "green", "amber", "red", "violet" })
        {
            Label label = new(Guid.CreateVersion7(), $"{colour} {look.Width} {look.Theme}", colour);
            await bench.Server.Get<LabelBook>().MakeAsync(bench.Server.ClientId, label, bench.Server.OwnerId, cancellation);
            await bench.Server.Get<ConversationLabels>().AddAsync(bench.Server.ClientId, id, label.Id, bench.Server.OwnerId, cancellation);
        }

        await bench.Server.Get<FieldBook>().MakeAsync(bench.Server.ClientId, new Field(Guid.CreateVersion7(), $"Size {look.Width} {look.Theme}"), bench.Server.OwnerId, cancellation);
        await bench.Server.Get<NoteBook>().WriteAsync(bench.Server.ClientId, id, Guid.CreateVersion7(), bench.Server.OwnerId, "She asked twice.", cancellation);
        await LookAsync(visit, look, "labels", "/settings/labels?lang=en");
        await visit.Page.ClickAsync("#labels .in-words summary");
        await CheckAsync(visit, look, "labels-edit");
        await LookAsync(visit, look, "fields", "/settings/fields");
        await LookAsync(visit, look, "labels-bengali", "/settings/labels?lang=bn");
        await LookAsync(visit, look, "labelled", $"{conversation}?lang=en");
        foreach (string menu in new[] { "labels-open", "snooze-open", "fields-open", "note-open" })
        {
            await visit.Page.ClickAsync($"#{menu}");
            await CheckAsync(visit, look, menu);
            Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        }

        await visit.OpenAsync("/inbox?state=snoozed");
        await visit.Page.ClickAsync("#filter-open");
        await CheckAsync(visit, look, "filter-open");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        await LookAsync(visit, look, "inbox-labelled", "/inbox");
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task No_page_before_sign_in_does_either(ColorScheme theme, int width)
    {
        Look look = new(theme, width);
        await using BrowserVisit visit = await bench.VisitorAsync(look);

        await LookAsync(visit, look, "sign-in-needed", "/sign-in");
        await LookAsync(visit, look, "sign-in", $"/sign-in/{await bench.LinkAsync()}");
        Assert.Empty(visit.Problems);
        await LookAsync(visit, look, "sign-in-expired", "/sign-in/x");
        await using BrowserVisit owner = await bench.OwnerAsync(look);
        await owner.Page.Locator("#sign-out button").ClickAsync();
        await Expect(owner.Page.Locator("h1")).ToHaveTextAsync("You are signed out");
        await CheckAsync(owner, look, "signed-out");
        Assert.Empty(owner.Problems);
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_sandbox_phone_writes_shows_the_answer_and_shuts_no_one_out(ColorScheme theme, int width)
    {
        using SandboxPhone unused = bench.NewPhone();
        Look look = new(theme, width);
        await using BrowserVisit visit = await bench.VisitorAsync(look, address: bench.Server.SandboxAddress);

        await visit.OpenAsync($"/?phone=9190000049{width % 100}");
        await visit.Page.FillAsync("#text", $"What are your timings?");
        await visit.Page.ClickAsync("#write button[type=submit], #write button:not([type])");
        await Expect(visit.Page.Locator("#thread")).ToContainTextAsync("Aparajita Sarees is open");

        await CheckAsync(visit, look, "phone");
        await LookAsync(visit, look, "mailbox", "/mail");
        Assert.Empty(visit.Problems);
    }

    /// <summary>A delivery that cannot be read, and a message that can never be stored.</summary>
    private async Task FailAsync()
    {
        using MetaClient meta = new(bench.Server.Webhook, RunningServer.AppSecret);
        JsonObject nameless = MetaPayload.Text("919000009901", "From nobody known");
        nameless.Remove("id");
        await meta.DeliverAsync("{"u8.ToArray(), TestContext.Current.CancellationToken);
        await meta.DeliverAsync(MetaPayload.Messages(nameless), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => await bench.Server.Database.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM intake.update WHERE state = 'failed') AND EXISTS (SELECT FROM intake.delivery_problem)"));
    }

    internal static async Task LookAsync(BrowserVisit visit, Look look, string name, string path)
    {
        await visit.OpenAsync(path);
        await CheckAsync(visit, look, name);
    }

    internal static async Task CheckAsync(BrowserVisit visit, Look look, string name)
    {
        await visit.Page.EvaluateAsync("document.fonts.ready.then(() => true)");
        if (Environment.GetEnvironmentVariable("MUNSHI_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await visit.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}-{look.Theme}-{look.Width}.png".ToLowerInvariant()) });
        }

        AxeResult found = await visit.Page.RunAxe(Rules);
        Assert.True(found.Violations.Length == 0, string.Join(
            '\n', found.Violations.Select(violation => $"{name}: {violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
    }
}

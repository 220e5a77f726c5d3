using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Munshi.Web;

namespace Munshi.Tests.Web;

/// <summary>Rules that hold for every page in every language.</summary>
public sealed partial class PageRulesTests : IAsyncDisposable
{
    private readonly PageRenderer _renderer = new();

    public static TheoryData<string> Languages => [.. Language.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task No_page_carries_inline_style_or_script_or_handlers(string language)
    {
        foreach ((string name, IElement element) in await ElementsAsync(language))
        {
            Assert.False(element.HasAttribute("style") || element.LocalName == "style", $"{name}: {element.OuterHtml}");
            Assert.False(element.LocalName == "script" && !element.HasAttribute("src"), $"{name}: {element.OuterHtml}");
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Name.StartsWith("hx-on", StringComparison.Ordinal));
            Assert.DoesNotContain(element.Attributes, attribute => attribute.Value.StartsWith("js:", StringComparison.Ordinal) || attribute.Value.StartsWith("javascript:", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_element_with_htmx_and_every_script_carries_the_nonce(string language)
    {
        int seen = 0;
        foreach ((string name, IElement element) in await ElementsAsync(language))
        {
            if (element.Attributes.Any(attribute => attribute.Name.StartsWith("hx-", StringComparison.Ordinal)))
            {
                seen++;
                Assert.True(element.GetAttribute("hx-nonce") == PageRenderer.Nonce, $"{name}: {element.OuterHtml}");
            }

            if (element.LocalName == "script")
            {
                seen++;
                Assert.Equal(PageRenderer.Nonce, element.GetAttribute("nonce"));
            }
        }

        Assert.True(seen > 20);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_posting_form_carries_its_token_and_a_submit_button_and_an_address(string language)
    {
        IElement[] forms = [.. (await ElementsAsync(language)).Select(pair => pair.Element).Where(element => element.LocalName == "form" && element.GetAttribute("method") == "post")];

        Assert.True(forms.Length > 20);
        Assert.All(forms, form =>
        {
            Assert.Equal("token-of-the-test", form.QuerySelector("input[type=hidden][name=form-token]")?.GetAttribute("value"));
            Assert.StartsWith("/", form.GetAttribute("action"), StringComparison.Ordinal);
            Assert.NotNull(form.QuerySelector("button[type=submit]"));
            Assert.True(form.GetAttribute("hx-post") is null || form.GetAttribute("hx-post") == form.GetAttribute("action"));
        });
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_page_has_its_language_one_heading_one_main_and_no_id_twice(string language)
    {
        foreach ((string name, string html) in await RenderedPages.AllAsync(_renderer, Language.Find(language)!))
        {
            IDocument page = PageRenderer.Parse(html);
            string[] ids = [.. page.QuerySelectorAll("[id]").Select(element => element.Id!)];
            Assert.True(ids.Distinct().Count() == ids.Length, name);
            if (html.StartsWith("<!DOCTYPE html>", StringComparison.Ordinal))
            {
                Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
                Assert.Single(page.QuerySelectorAll("h1"));
                Assert.Single(page.QuerySelectorAll("main"));
                Assert.NotEmpty(page.Title!);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task Every_label_and_described_by_leads_to_an_element(string language)
    {
        foreach ((string name, string html) in await RenderedPages.AllAsync(_renderer, Language.Find(language)!))
        {
            IDocument page = PageRenderer.Parse(html);
            foreach (IElement element in page.QuerySelectorAll("[aria-labelledby],[aria-describedby],label[for]"))
            {
                string ids = element.GetAttribute("aria-labelledby") ?? element.GetAttribute("aria-describedby") ?? element.GetAttribute("for")!;
                Assert.All(ids.Split(' '), id => Assert.True(page.GetElementById(id) is not null, $"{name}: {id}"));
            }
        }
    }

    [Fact]
    public async Task Every_icon_is_on_the_sheet()
    {
        IReadOnlyDictionary<string, string> pages = await RenderedPages.AllAsync(_renderer, Language.English);
        IDocument inbox = PageRenderer.Parse(pages["inbox"]);
        string[] used = [.. pages.Values.SelectMany(html => PageRenderer.Parse(html).QuerySelectorAll("use").Select(use => use.GetAttribute("href")!)).Distinct()];

        Assert.True(used.Length > 15);
        Assert.All(used, href => Assert.NotNull(inbox.QuerySelector($"#icon-sheet > symbol{href}")));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task No_page_shows_the_name_of_a_text_in_place_of_the_text(string language)
    {
        foreach ((string name, string html) in await RenderedPages.AllAsync(_renderer, Language.Find(language)!))
        {
            IDocument page = PageRenderer.Parse(html);
            string shown = string.Join('\n', page.All.SelectMany(element => element.Attributes.Where(attribute => attribute.Name is "title" or "aria-label").Select(attribute => attribute.Value)).Append(page.DocumentElement.TextContent));
            Assert.False(ResourceKey().IsMatch(shown), $"{name}: {ResourceKey().Match(shown)}");
        }
    }

    public ValueTask DisposeAsync() => _renderer.DisposeAsync();

    [GeneratedRegex(@"\b(Inbox|Conversation|Owner|Window|Thread|Author|Message|Kind|Delivery|Reply|Hindrance|Notice|Time|Layout|Ledger|Preferences|Keys|Live|SignIn|SignInExpired|SignInNeeded|IntakeOnly|Words|Contact|Withdrawn|Failure|SignedOut|Error|Find|Palette|Source|Toast|Unsent|HandOff|Setup|Deliveries|SetupNeeded|SetupLink|SetupTrouble|FirstOwner|Channels|ApiKeys|Knowledge|Log|Act|Labels|Fields|Notes|Standing|Snooze|Views)\.\w+")]
    private static partial Regex ResourceKey();

    private async Task<IReadOnlyList<(string Name, IElement Element)>> ElementsAsync(string language) =>
        [.. (await RenderedPages.AllAsync(_renderer, Language.Find(language)!))
            .SelectMany(pair => PageRenderer.Parse(pair.Value).All.Select(element => (pair.Key, element)))];
}

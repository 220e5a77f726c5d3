using System.Text;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

/// <summary>An exported chat is given in the browser, and a sentence of it is found.</summary>
[Collection(OneBench.Name)]
public sealed class ImportFlowTests(Bench bench)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    [Theory]
    [InlineData(ColorScheme.Light, 1280, "919000070001")]
    [InlineData(ColorScheme.Dark, 390, "919000070002")]
    public async Task A_chat_is_given_and_a_sentence_in_it_is_found_with_its_place_in_the_conversation(ColorScheme theme, int width, string customer)
    {
        await using BrowserVisit visit = await bench.OwnerAsync(new Look(theme, width));
        IPage page = visit.Page;
        string sentence = $"the {width} wedding saris come with a border of marigolds";
        string chat = $"kept by my cousin\n13/01/21, 10:00 - Ila Example: hello\n13/01/21, 10:01 - Ila Example: {sentence}\n13/01/21, 10:02 - Us: <Media omitted>\n13/01/21, 10:03 - Us: and of mari";

        await visit.OpenAsync("/settings/imports?lang=en");
        await page.SetInputFilesAsync("#upload-file", new FilePayload { Name = "WhatsApp Chat with Ila Example.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(chat) });
        await page.FillAsync("#upload-contact", customer);
        await page.ClickAsync("#upload-form button.primary");
        await Expect(page.Locator(".note.ok")).ToContainTextAsync("4 messages read, 4 added");
        await Expect(page.Locator("#findings li")).ToHaveCountAsync(2);
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        AxeResult found = await page.RunAxe(Rules);
        Assert.True(found.Violations.Length == 0, string.Join('\n', found.Violations.Select(violation => violation.Id)));

        ILocator hit = page.Locator(".hits a", new PageLocatorOptions { HasText = "border of marigolds" }).First;
        for (int look = 0; look < 50 && await hit.CountAsync() == 0; look++)
        {
            await visit.OpenAsync("/search?lang=en");
            await page.FillAsync("#search-text", $"{width} wedding marigo");
            await page.ClickAsync("#search-form button.primary");
            await page.WaitForURLAsync("**/search?*q=*");
        }

        await hit.ClickAsync();
        await Expect(page.Locator("#run", new PageLocatorOptions { HasText = sentence })).ToBeVisibleAsync();
        Assert.Empty(visit.Problems);
    }
}

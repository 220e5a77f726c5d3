using System.Net.Http.Json;
using Microsoft.Playwright;
using Munshi.Setup;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using static Microsoft.Playwright.Assertions;

namespace Munshi.Browser.Tests;

/// <summary>The first run from the link to a first message, as a person clicks through it, in both themes, wide and narrow.</summary>
[Collection(OneBench.Name)]
public sealed class SetupTests(Bench bench, PostgresTemplate postgres)
{
    private const string Secret = "89abcdef89abcdef89abcdef89abcdef";
    private const string Token = "EAAsandboxTokenForSetupTests";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task A_first_owner_connects_a_number_and_sees_handshake_and_message_arrive(ColorScheme theme, int width)
    {
        await using RunningServer server = await RunningServer.StartEmptyAsync(postgres, Cancellation);
        Look look = new(theme, width);
        await using BrowserVisit visit = await bench.VisitorAsync(look, address: server.Address);
        IPage page = visit.Page;

        await PageQualityTests.LookAsync(visit, look, "not-set-up", "/");
        await PageQualityTests.LookAsync(visit, look, "setup-link", $"/setup/link/{await server.Get<SetupLinks>().IssueAsync(Cancellation)}");
        await page.ClickAsync("main button[type=submit]");
        await PageQualityTests.CheckAsync(visit, look, "first-owner");
        await page.FillAsync("#owner-name", "Mita Sen");
        await page.FillAsync("#business-name", "Aparajita Sarees");
        await page.ClickAsync("main button[type=submit]");
        await Expect(page.Locator("#step-title")).ToHaveTextAsync("Meta app");
        await PageQualityTests.CheckAsync(visit, look, "setup-app");
        await page.FillAsync("#secret", Secret);
        await page.ClickAsync("#secret-form button");
        await page.FillAsync("#address", server.Address.ToString());
        await page.ClickAsync("#address-form button");
        await Expect(page.Locator("#webhook-live .state")).ToHaveTextAsync("Waiting for Meta's handshake");
        await Expect(page.Locator("button[data-copy=verify-token]")).ToBeVisibleAsync();
        await PageQualityTests.CheckAsync(visit, look, "setup-webhook");

        using HttpClient meta = new() { BaseAddress = server.SandboxAddress };
        (await meta.PutAsJsonAsync(
            "control/app",
            new
            {
                callback = await page.InputValueAsync("#callback"),
                appSecret = Secret,
                verifyToken = await page.InputValueAsync("#verify-token"),
                accessToken = Token,
                phoneNumberId = "100000000000021",
                displayPhoneNumber = "919000000021",
                wabaId = "200000000000021",
            },
            Cancellation)).EnsureSuccessStatusCode();
        (await meta.PostAsync("control/verify", null, Cancellation)).EnsureSuccessStatusCode();
        await Expect(page.Locator("#webhook-live .state")).ToContainTextAsync("Handshake seen on");
        await page.ClickAsync("#webhook-live a");
        await PageQualityTests.CheckAsync(visit, look, "setup-number");
        await page.FillAsync("#phone-number-id", "100000000000021");
        await page.FillAsync("#waba-id", "200000000000021");
        await page.FillAsync("#token", Token);
        await page.ClickAsync("#number-form button");
        await Expect(page.Locator("#test-arrival .state")).ToHaveTextAsync("No message has arrived yet");
        await PageQualityTests.CheckAsync(visit, look, "setup-test");

        using SandboxPhone phone = new(server, "919000000701");
        await phone.WriteAsync(new { text = "Hello?" }, Cancellation);
        await Expect(page.Locator("#test-arrival .state")).ToContainTextAsync("A message arrived on");
        await PageQualityTests.LookAsync(visit, look, "setup-knowledge", "/setup/knowledge");
        await PageQualityTests.LookAsync(visit, look, "knowledge-empty", "/knowledge");
        await page.ClickAsync(".page-head .button");
        await PageQualityTests.CheckAsync(visit, look, "knowledge-new");
        await page.FillAsync("#question", "When are you open?");
        await page.FillAsync("#answer", "Monday to Saturday, 11 am to 8 pm.");
        await page.ClickAsync("#entry-form button");
        await Expect(page.Locator(".entries li")).ToHaveCountAsync(1);
        await PageQualityTests.CheckAsync(visit, look, "knowledge");
        await PageQualityTests.LookAsync(visit, look, "settings", "/settings/channels");
        await PageQualityTests.LookAsync(visit, look, "settings-hindi", "/settings/channels?lang=hi");
        await PageQualityTests.LookAsync(visit, look, "setup-bengali", "/setup/number?lang=bn");
        Assert.Equal(0, await page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)"));
        Assert.Empty(visit.Problems);
    }
}

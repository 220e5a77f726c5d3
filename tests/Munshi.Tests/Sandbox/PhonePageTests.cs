using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Munshi.Tests.Sandbox;

public sealed class PhonePageTests
{
    private const string Asha = "919000000101";

    [Fact]
    public async Task The_page_shows_both_sides_and_encodes_what_people_write()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"text":"<script>alert(1)</script>","name":"\"><b>"}""");
        await sandbox.GraphAsync("""
            {"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"button","body":{"text":"Talk?"},
             "action":{"buttons":[{"type":"reply","reply":{"id":"human","title":"A person"}}]}}}
            """);

        using HttpResponseMessage response = await sandbox.Http.GetAsync($"/?phone={Asha}", TestContext.Current.CancellationToken);
        IHtmlDocument page = await ParseAsync(response);

        Assert.Equal("Sandbox phone", page.Title);
        Assert.Equal("<script>alert(1)</script>", page.QuerySelector(".bubble.own p")?.TextContent);
        Assert.Equal("Talk?", page.QuerySelector(".bubble.theirs p")?.TextContent);
        Assert.Equal("human", page.QuerySelector(".bubble.theirs button[name=buttonId]")?.GetAttribute("value"));
        IElement script = Assert.Single(page.Scripts);
        string policy = string.Join(' ', response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"script-src 'nonce-{script.GetAttribute("nonce")}'", policy, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(page.All, element => element.HasAttribute("style") || element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Writing_works_without_javascript()
    {
        await using SandboxServer sandbox = await StartAsync();
        IHtmlDocument page = await ParseAsync(await sandbox.Http.GetAsync("/", TestContext.Current.CancellationToken));
        string action = page.QuerySelector<IHtmlFormElement>("#write")!.GetAttribute("action")!;
        using MultipartFormDataContent form = new() { { new StringContent("Hello"), "text" }, { new StringContent("Asha"), "name" } };

        IHtmlDocument after = await ParseAsync(await sandbox.Http.PostAsync(action, form, TestContext.Current.CancellationToken));

        Assert.Equal("Hello", after.QuerySelector(".bubble.own p")?.TextContent);
        Assert.Single(await sandbox.ReadAsync(Asha));
    }

    [Fact]
    public async Task A_refused_message_is_told_on_the_page()
    {
        await using SandboxServer sandbox = await StartAsync();
        using FormUrlEncodedContent form = new([KeyValuePair.Create("buttonId", "never offered")]);

        using HttpResponseMessage response = await sandbox.Http.PostAsync(
            $"/?phone={Asha}&number={SandboxServer.PhoneNumberId}", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("offered nothing", (await ParseAsync(response)).QuerySelector("#problem")?.TextContent, StringComparison.Ordinal);
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}

using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Munshi.Tests.Sandbox;

/// <summary>The phone page without JavaScript.</summary>
public sealed class SeveralPhonesTests
{
    private const string Asha = "919000000101";
    private const string Ravi = "919000000102";
    private const string Meera = "919000000103";

    private const string Menu = """
        {"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"list","header":{"type":"text","text":"Shop"},"body":{"text":"Pick"},
         "footer":{"text":"Sandbox"},"action":{"button":"See answers","sections":[{"title":"Shop","rows":[{"id":"hours","title":"Hours","description":"When we open"}]},
         {"title":"People","rows":[{"id":"human","title":"A person"}]}]}}}
        """;

    [Fact]
    public async Task Each_writes_on_the_own_phone_and_both_stay_open()
    {
        await using SandboxServer sandbox = await StartAsync();
        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}&phone={Ravi}");
        string action = page.QuerySelector($"#pane-{Ravi} .write")!.GetAttribute("action")!;
        using MultipartFormDataContent form = new() { { new StringContent("I am Ravi"), "text" }, { new StringContent("Ravi"), "name" } };

        IHtmlDocument after = await ParseAsync(await sandbox.Http.PostAsync(action, form, TestContext.Current.CancellationToken));

        Assert.Null(after.QuerySelector($"#pane-{Asha} .bubble"));
        Assert.Equal("I am Ravi", after.QuerySelector($"#pane-{Ravi} .bubble.own p")?.TextContent);
        Assert.Single(await sandbox.ReadAsync(Ravi));
        Assert.Empty(await sandbox.ReadAsync(Asha));
    }

    [Fact]
    public async Task What_a_customer_has_not_seen_is_counted_and_stays_unread()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Meera, """{"text":"Hi","name":"Meera"}""");
        await sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000103","type":"text","text":{"body":"Hello Meera"}}""");

        IHtmlDocument elsewhere = await GetAsync(sandbox, $"/?phone={Asha}");
        IHtmlDocument opened = await GetAsync(sandbox, $"/?phone={Meera}");

        Assert.Equal("1 unread", elsewhere.QuerySelector($"li[data-key='{Meera}'] .unread")?.TextContent);
        Assert.Null(opened.QuerySelector($"li[data-key='{Meera}'] .unread"));
        Assert.Contains("Hello Meera", opened.QuerySelector($"li[data-key='{Meera}'] .last")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_opens_as_sections_and_the_choice_quotes_it()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        await sandbox.GraphAsync(Menu);
        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}");
        IElement sheet = page.QuerySelector(".sheet")!;
        using FormUrlEncodedContent choice = new(
        [
            KeyValuePair.Create("replyTo", sheet.QuerySelector("[name=replyTo]")!.GetAttribute("value")!),
            KeyValuePair.Create("listId", sheet.QuerySelectorAll("[name=listId]")[1].GetAttribute("value")!),
        ]);

        IHtmlDocument after = await ParseAsync(await sandbox.Http.PostAsync(sheet.QuerySelector("form")!.GetAttribute("action"), choice, TestContext.Current.CancellationToken));

        Assert.Equal("See answers", sheet.QuerySelector("summary")?.TextContent.Trim());
        Assert.Equal(["Shop", "People"], sheet.QuerySelectorAll("legend").Select(legend => legend.TextContent));
        Assert.Equal("When we open", sheet.QuerySelector("small")?.TextContent);
        IElement chosen = after.QuerySelectorAll(".bubble.own")[^1];
        Assert.Equal("A person", chosen.QuerySelector("p")?.TextContent);
        Assert.Equal("Pick", chosen.QuerySelector("blockquote span")?.TextContent);
    }

    [Fact]
    public async Task A_reaction_sits_on_its_message_and_can_be_taken_back()
    {
        await using SandboxServer sandbox = await StartAsync();
        string id = (await sandbox.WriteAsync(Asha, """{"text":"Hi"}""")).GetProperty("id").GetString()!;
        string action = $"/?phone={Asha}&as={Asha}&number={SandboxServer.PhoneNumberId}";

        IHtmlDocument reacted = await ReactAsync($"{id} 👍");
        IHtmlDocument taken = await ReactAsync(id);

        Assert.Equal("Reactions: 👍", Assert.Single(reacted.QuerySelectorAll(".bubble")).QuerySelector(".reactions")?.TextContent);
        Assert.Null(Assert.Single(taken.QuerySelectorAll(".bubble")).QuerySelector(".reactions"));

        async Task<IHtmlDocument> ReactAsync(string value)
        {
            using FormUrlEncodedContent form = new([KeyValuePair.Create("react", value)]);
            return await ParseAsync(await sandbox.Http.PostAsync(action, form, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Addresses_are_links_only_for_the_web_and_long_texts_are_folded_between_characters()
    {
        await using SandboxServer sandbox = await StartAsync();
        string family = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 200));
        await sandbox.WriteAsync(Asha, """{"text":"see https://example.com/a?b=1&c=2. or javascript:alert(1)"}""");
        await sandbox.WriteAsync(Asha, $$"""{"text":"{{family}}"}""");

        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}");

        IElement link = Assert.Single(page.QuerySelectorAll(".bubble p a"));
        Assert.Equal("https://example.com/a?b=1&c=2", link.GetAttribute("href"));
        Assert.Equal("noopener noreferrer nofollow", link.GetAttribute("rel"));
        IElement folded = page.QuerySelectorAll(".bubble")[1];
        string[] parts = [.. folded.QuerySelectorAll("p").Select(part => part.TextContent)];
        Assert.Equal(family, string.Concat(parts));
        Assert.EndsWith("👩‍👩‍👧‍👦", parts[0], StringComparison.Ordinal);
        Assert.NotNull(folded.QuerySelector("details.more"));
    }

    [Fact]
    public async Task The_business_is_seen_typing_until_it_writes()
    {
        await using SandboxServer sandbox = await StartAsync();
        string wamid = (await sandbox.WriteAsync(Asha, """{"text":"Hi"}""")).GetProperty("wamid").GetString()!;
        await sandbox.GraphAsync($$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{wamid}}}","typing_indicator":{"type":"text"}}""");

        IHtmlDocument typing = await GetAsync(sandbox, $"/?phone={Asha}");
        await sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"}}""");
        IHtmlDocument after = await GetAsync(sandbox, $"/?phone={Asha}");

        Assert.Equal("Sandbox Shop is typing…", typing.QuerySelector(".presence")?.TextContent);
        Assert.NotNull(typing.QuerySelector(".ticks.read"));
        Assert.Equal("writes to Sandbox Shop", after.QuerySelector(".presence")?.TextContent);
    }

    [Fact]
    public async Task A_customer_is_added_with_a_name_and_the_others_stay()
    {
        await using SandboxServer sandbox = await StartAsync();
        using FormUrlEncodedContent form = new([KeyValuePair.Create("digits", "+91 90000 00188"), KeyValuePair.Create("name", "Farhan")]);

        IHtmlDocument page = await ParseAsync(await sandbox.Http.PostAsync(
            $"/customers?phone={Asha}&number={SandboxServer.PhoneNumberId}", form, TestContext.Current.CancellationToken));

        Assert.Equal(["Farhan", "Asha"], page.QuerySelectorAll(".pane h2").Select(name => name.TextContent));
    }

    [Theory]
    [InlineData("dark", "/control", HttpStatusCode.SeeOther, "/control")]
    [InlineData("light", "//elsewhere.example/", HttpStatusCode.SeeOther, "/")]
    [InlineData("sepia", "/", HttpStatusCode.BadRequest, null)]
    public async Task The_theme_is_remembered_and_leads_back_to_this_server_only(string theme, string back, HttpStatusCode status, string? location)
    {
        await using SandboxServer sandbox = await StartAsync();
        using HttpClient direct = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = sandbox.Http.BaseAddress };
        using FormUrlEncodedContent form = new([KeyValuePair.Create("theme", theme), KeyValuePair.Create("back", back)]);

        using HttpResponseMessage response = await direct.PostAsync("/theme", form, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(location, response.Headers.Location?.OriginalString);
        IHtmlDocument page = await ParseAsync(await direct.GetAsync("/", TestContext.Current.CancellationToken));
        Assert.Equal(location is null ? "system" : theme, page.DocumentElement.GetAttribute("data-theme"));
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));

    private static async Task<IHtmlDocument> GetAsync(SandboxServer sandbox, string path) =>
        await ParseAsync(await sandbox.Http.GetAsync(path, TestContext.Current.CancellationToken));

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}

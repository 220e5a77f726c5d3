using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Munshi.Tests.Sandbox;

/// <summary>The phone page's menu and bubbles without JavaScript: forms are sent as a browser would send them, with what stands in them.</summary>
public sealed class PhoneMenuTests
{
    private const string Asha = "919000000101";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sticker", "sticker", "Sticker")]
    [InlineData("movingSticker", "sticker", "Moving sticker")]
    [InlineData("voice", "audio", "Voice message")]
    [InlineData("location", "location", "Location 22.5726, 88.3639")]
    [InlineData("contacts", "contacts", "Meena Das +91 90000 00171")]
    [InlineData("ownCard", "contacts", "Asha +919000000101")]
    [InlineData("order", "order", "Order of 2 products SAREE-BLUE × 2, INR 2,498.00 BLOUSE-M × 1, INR 399.50")]
    [InlineData("form", "interactive", "Filled-in form pin: 700001")]
    [InlineData("quickReply", "button", "Stop offers")]
    [InlineData("forwarded", "text", "Forwarded Is this still there?")]
    [InlineData("frequentlyForwarded", "text", "Forwarded many times Is this still there?")]
    [InlineData("product", "text", "About the product SAREE-BLUE Is this still there?")]
    [InlineData("advertisement", "text", "From an advertisement: Autumn sale Is this still there?")]
    [InlineData("unsupported", "unsupported", "Poll WhatsApp does not pass it on")]
    [InlineData("unavailable", "unsupported", "A message that only the business's own phone shows WhatsApp does not pass it on")]
    [InlineData("welcome", "request_welcome", "You opened the chat")]
    [InlineData("stop", "user_preferences", "You stopped marketing messages")]
    [InlineData("resume", "user_preferences", "You resumed marketing messages")]
    public async Task Each_form_of_the_menu_sends_its_kind_and_the_phone_shows_it(string what, string kind, string shown)
    {
        await using SandboxServer sandbox = await StartAsync();
        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}");

        IHtmlDocument after = await PressAsync(sandbox, page.QuerySelector($".plus button[name=what][value={what}]")!);

        JsonElement message = Assert.Single(await sandbox.ReadAsync(Asha));
        Assert.Equal(kind, message.GetProperty("kind").GetString());
        IElement line = after.QuerySelector(".thread .bubble, .thread .event")!;
        line.QuerySelectorAll("footer, time").ToList().ForEach(part => part.Remove());
        Assert.Equal(shown, Words(line));
        Assert.True(after.QuerySelector("#problem")!.HasAttribute("hidden"));
    }

    [Fact]
    public async Task A_sticker_is_a_picture_of_this_server()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"sticker":{}}""");

        IElement picture = (await GetAsync(sandbox, $"/?phone={Asha}")).QuerySelector(".bubble img")!;
        using HttpResponseMessage content = await sandbox.Http.GetAsync(picture.GetAttribute("src"), Cancellation);

        Assert.Equal("Sticker", picture.GetAttribute("alt"));
        Assert.Equal((HttpStatusCode.OK, "image/webp"), (content.StatusCode, content.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task An_own_file_goes_as_a_voice_message()
    {
        await using SandboxServer sandbox = await StartAsync();
        IElement form = (await GetAsync(sandbox, $"/?phone={Asha}")).QuerySelector(".plus button[value=voice][name=fileAs]")!.Closest("form")!;
        ByteArrayContent file = new([1]);
        file.Headers.ContentType = new("audio/mpeg");
        using MultipartFormDataContent fields = new() { { file, "file", "own.mp3" }, { new StringContent("voice"), "fileAs" } };

        IHtmlDocument after = await ParseAsync(await sandbox.Http.PostAsync(form.GetAttribute("action"), fields, Cancellation));

        Assert.Equal("multipart/form-data", form.GetAttribute("enctype"));
        Assert.Equal("Voice message", after.QuerySelector(".bubble .detail strong")?.TextContent);
    }

    [Fact]
    public async Task An_own_message_can_be_edited_and_deleted_and_theirs_cannot()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"text":"the blue one"}""");
        await sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Blue?"},"context":{"message_id":"x"}}""");
        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}");

        IHtmlDocument editing = await GetAsync(sandbox, page.QuerySelector(".line.own .edit")!.GetAttribute("href")!);
        IHtmlFormElement write = editing.QuerySelector<IHtmlFormElement>("#write")!;
        string offered = write.QuerySelector("textarea")!.TextContent;
        IHtmlDocument edited = await PostAsync(sandbox, write.GetAttribute("action")!, ("edit", write.QuerySelector("[name=edit]")!.GetAttribute("value")!), ("text", "the red one"));
        IHtmlDocument deleted = await PressAsync(sandbox, edited.QuerySelector(".line.own button[name=revoke]")!);

        Assert.Null(page.QuerySelector(".line.theirs .edit, .line.theirs [name=revoke]"));
        Assert.Equal("the blue one", offered);
        Assert.Equal("the red one", edited.QuerySelector(".bubble.own p")?.TextContent);
        Assert.StartsWith("Edited", Words(edited.QuerySelector(".bubble.own footer")!), StringComparison.Ordinal);
        Assert.Equal("You deleted this message", deleted.QuerySelector(".bubble.own p")?.TextContent);
        Assert.Equal(2, deleted.QuerySelectorAll(".bubble").Length);
        Assert.Null(deleted.QuerySelector(".line.own .act"));
        Assert.DoesNotContain("the red one", deleted.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_changes_the_number_is_shown_under_the_new_one()
    {
        await using SandboxServer sandbox = await StartAsync();
        await sandbox.WriteAsync(Asha, """{"text":"Hi","name":"Asha"}""");
        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}&phone=919000000102");
        string action = page.QuerySelector($"#pane-{Asha} button[value=newNumber]")!.Closest("form")!.GetAttribute("action")!;

        IHtmlDocument after = await PostAsync(sandbox, action, ("what", "newNumber"), ("newNumber", "+91 90000 00179"));

        Assert.Equal(["pane-919000000179", "pane-919000000102"], after.QuerySelectorAll(".pane").Select(pane => pane.Id));
        Assert.Equal("Hi", after.QuerySelector("#pane-919000000179 .bubble p")?.TextContent);
        Assert.StartsWith("You changed your number to +919000000179", after.QuerySelector(".event")?.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_business_sees_of_a_customer_is_set_and_shown()
    {
        await using SandboxServer sandbox = await StartAsync();
        IHtmlDocument page = await GetAsync(sandbox, $"/?phone={Asha}");
        string action = page.QuerySelector(".plus [name=username]")!.Closest("form")!.GetAttribute("action")!;

        IHtmlDocument after = await PostAsync(sandbox, action, ("username", "asha.rao"), ("phoneKeptBack", "true"));
        IHtmlDocument refused = await PostAsync(sandbox, action, ("username", "Asha Rao"));

        Assert.Equal("asha.rao", after.QuerySelector(".plus [name=username]")?.GetAttribute("value"));
        Assert.True(after.QuerySelector(".plus [name=phoneKeptBack]")!.HasAttribute("checked"));
        Assert.Contains("small letters", refused.QuerySelector("#problem")?.TextContent, StringComparison.Ordinal);
        Assert.Equal("asha.rao", refused.QuerySelector(".plus [name=username]")?.GetAttribute("value"));
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));

    /// <summary>All the fields of a button's form, with what stands in them, and the button.</summary>
    private static Task<IHtmlDocument> PressAsync(SandboxServer sandbox, IElement button)
    {
        IElement form = button.Closest("form")!;
        IEnumerable<(string, string)> fields = form.QuerySelectorAll("input[name], select[name]").Select(field => (
            field.GetAttribute("name")!, (field is IHtmlSelectElement select ? select.Value : field.GetAttribute("value")) ?? ""));
        return PostAsync(sandbox, form.GetAttribute("action")!, [.. fields, (button.GetAttribute("name")!, button.GetAttribute("value")!)]);
    }

    private static async Task<IHtmlDocument> PostAsync(SandboxServer sandbox, string action, params (string Name, string Value)[] fields)
    {
        using FormUrlEncodedContent form = new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await ParseAsync(await sandbox.Http.PostAsync(action, form, Cancellation));
    }

    private static async Task<IHtmlDocument> GetAsync(SandboxServer sandbox, string path) => await ParseAsync(await sandbox.Http.GetAsync(path, Cancellation));

    private static async Task<IHtmlDocument> ParseAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(Cancellation));

    /// <summary>What is read out: texts, and pictures by their name.</summary>
    private static string Words(IElement element) => string.Join(' ', string.Join(' ', element.Descendants().Select(node => node switch
        {
            IText text => text.Data,
            IHtmlImageElement picture => picture.AlternativeText,
            _ => "",
        }))
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class PhoneTests
{
    private const string Asha = "919000000101";

    private const string Menu = """
        {"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"list","body":{"text":"Pick"},
         "action":{"button":"Choose","sections":[{"rows":[{"id":"svc_3","title":"Repair","description":"Doorstep"},{"id":"svc_4","title":"New"}]}]}}}
        """;

    private const string Question = """
        {"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"button","body":{"text":"Talk?"},
         "action":{"buttons":[{"type":"reply","reply":{"id":"human","title":"A person"}}]}}}
        """;

    [Fact]
    public async Task A_message_has_the_fields_of_the_contract()
    {
        await using SandboxServer sandbox = await StartAsync();

        HttpResponseMessage response = await sandbox.Http.PostAsJsonAsync($"/phone/{Asha}/messages", new { text = "Hi" }, TestContext.Current.CancellationToken);
        JsonElement written = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        JsonElement listed = Assert.Single(await sandbox.ReadAsync(Asha));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(written.GetProperty("id").GetString(), listed.GetProperty("id").GetString());
        Assert.Equal("customer", listed.GetProperty("direction").GetString());
        Assert.Equal("text", listed.GetProperty("kind").GetString());
        Assert.Equal("Hi", listed.GetProperty("text").GetString());
        Assert.Empty(listed.GetProperty("options").EnumerateArray());
        Assert.Equal("sent", listed.GetProperty("status").GetString());
        Assert.Equal(TimeSpan.Zero, listed.GetProperty("at").GetDateTimeOffset().Offset);
    }

    [Fact]
    public async Task Json_sent_by_curl_without_a_content_type_is_read()
    {
        await using SandboxServer sandbox = await StartAsync();

        using StringContent content = new("""{"text":"Hi"}""", Encoding.UTF8, "application/x-www-form-urlencoded");
        HttpResponseMessage response = await sandbox.Http.PostAsync($"/phone/{Asha}/messages", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task After_leaves_out_what_is_not_newer()
    {
        await using SandboxServer sandbox = await StartAsync();
        string first = (await sandbox.WriteAsync(Asha, """{"text":"1"}""")).GetProperty("id").GetString()!;
        string second = (await sandbox.WriteAsync(Asha, """{"text":"2"}""")).GetProperty("id").GetString()!;

        Assert.Equal(["1", "2"], (await sandbox.ReadAsync(Asha)).Select(message => message.GetProperty("text").GetString()));
        Assert.Equal(["2"], (await sandbox.ReadAsync(Asha, $"?after={first}")).Select(message => message.GetProperty("text").GetString()));
        Assert.Empty(await sandbox.ReadAsync(Asha, $"?after={second}"));
    }

    [Fact]
    public async Task A_waiting_reader_is_woken_by_a_newer_message()
    {
        await using SandboxServer sandbox = await StartAsync();
        string first = (await sandbox.WriteAsync(Asha, """{"text":"Hi"}""")).GetProperty("id").GetString()!;
        long start = TimeProvider.System.GetTimestamp();

        Task<JsonElement[]> waiting = sandbox.ReadAsync(Asha, $"?after={first}&wait=30");
        Assert.Empty(await sandbox.ReadAsync(Asha, $"?after={first}"));
        Assert.False(waiting.IsCompleted);
        await sandbox.GraphAsync(Question);

        Assert.Equal("Talk?", Assert.Single(await waiting).GetProperty("text").GetString());
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_reader_that_waits_in_vain_gets_an_empty_array()
    {
        await using SandboxServer sandbox = await StartAsync();
        string first = (await sandbox.WriteAsync(Asha, """{"text":"Hi"}""")).GetProperty("id").GetString()!;

        Assert.Empty(await sandbox.ReadAsync(Asha, $"?after={first}&wait=1"));
    }

    [Fact]
    public async Task Tapping_a_button_answers_the_message_that_offered_it()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        await sandbox.GraphAsync(Question);
        JsonElement offered = (await sandbox.ReadAsync(Asha))[1];

        await sandbox.WriteAsync(Asha, """{"buttonId":"human"}""");
        await sandbox.IdleAsync();

        JsonElement option = Assert.Single(offered.GetProperty("options").EnumerateArray());
        Assert.Equal("human", option.GetProperty("id").GetString());
        Assert.Equal("A person", option.GetProperty("title").GetString());
        JsonElement tapped = receiver.All[^1].Item;
        Assert.Equal("interactive", tapped.GetProperty("type").GetString());
        Assert.Equal("919000000001", tapped.GetProperty("context").GetProperty("from").GetString());
        Assert.Equal(offered.GetProperty("wamid").GetString(), tapped.GetProperty("context").GetProperty("id").GetString());
        Assert.Equal("""{"type":"button_reply","button_reply":{"id":"human","title":"A person"}}""", tapped.GetProperty("interactive").GetRawText());
    }

    [Fact]
    public async Task Choosing_a_row_answers_the_list()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        await sandbox.GraphAsync(Menu);

        await sandbox.WriteAsync(Asha, """{"listId":"svc_3"}""");
        await sandbox.IdleAsync();

        Assert.Equal(
            """{"type":"list_reply","list_reply":{"id":"svc_3","title":"Repair","description":"Doorstep"}}""",
            receiver.All[^1].Item.GetProperty("interactive").GetRawText());
    }

    [Fact]
    public async Task A_reply_a_reaction_and_an_unknown_kind_arrive_as_meta_sends_them()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        JsonElement first = await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        string id = first.GetProperty("id").GetString()!;
        string wamid = first.GetProperty("wamid").GetString()!;

        await sandbox.WriteAsync(Asha, $$"""{"text":"again","replyTo":"{{id}}"}""");
        await sandbox.WriteAsync(Asha, $$$"""{"reaction":{"messageId":"{{{id}}}","emoji":"🙏"}}""");
        await sandbox.WriteAsync(Asha, $$$"""{"reaction":{"messageId":"{{{id}}}","emoji":""}}""");
        await sandbox.WriteAsync(Asha, """{"raw":{"type":"hologram","hologram":{"depth":3},"from":null}}""");
        await sandbox.IdleAsync();

        Assert.Equal(wamid, receiver.All[1].Item.GetProperty("context").GetProperty("id").GetString());
        Assert.Equal(wamid, receiver.All[2].Item.GetProperty("reaction").GetProperty("message_id").GetString());
        Assert.Equal("🙏", receiver.All[2].Item.GetProperty("reaction").GetProperty("emoji").GetString());
        Assert.False(receiver.All[3].Item.GetProperty("reaction").TryGetProperty("emoji", out _));
        Assert.Equal(3, receiver.All[4].Item.GetProperty("hologram").GetProperty("depth").GetInt32());
        Assert.False(receiver.All[4].Item.TryGetProperty("from", out _));
        Assert.Equal("hologram", (await sandbox.ReadAsync(Asha))[^1].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_file_arrives_with_its_type_and_sha256()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        byte[] bytes = Encoding.ASCII.GetBytes("not really a picture");
        using MultipartFormDataContent form = [];
        ByteArrayContent file = new(bytes);
        file.Headers.ContentType = new("image/png");
        form.Add(file, "file", "a.png");
        form.Add(new StringContent("look"), "text");

        HttpResponseMessage response = await sandbox.Http.PostAsync($"/phone/{Asha}/messages", form, TestContext.Current.CancellationToken);
        await sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        JsonElement image = receiver.All[0].Item.GetProperty("image");
        Assert.Equal("look", image.GetProperty("caption").GetString());
        Assert.Equal("image/png", image.GetProperty("mime_type").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), image.GetProperty("sha256").GetString());
        Assert.Matches("^[0-9]+$", image.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("1234567", """{"text":"x"}""")]
    [InlineData("1234567890123456", """{"text":"x"}""")]
    [InlineData("+91900000010", """{"text":"x"}""")]
    [InlineData(Asha, """{"text":""}""")]
    [InlineData(Asha, """{}""")]
    [InlineData(Asha, """{"text":"x","buttonId":"y"}""")]
    [InlineData(Asha, """{"buttonId":"never offered"}""")]
    [InlineData(Asha, """{"text":"x","replyTo":"m999"}""")]
    [InlineData(Asha, """{"txt":"x"}""")]
    [InlineData(Asha, """{"text":"\ud800"}""")]
    [InlineData(Asha, "nonsense")]
    public async Task What_a_phone_cannot_do_is_a_problem_with_a_reason(string phone, string body)
    {
        await using SandboxServer sandbox = await StartAsync();

        using StringContent content = new(body, Encoding.UTF8, "application/json");
        HttpResponseMessage response = await sandbox.Http.PostAsync($"/phone/{phone}/messages", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData(65_536, HttpStatusCode.Created)]
    [InlineData(65_537, HttpStatusCode.BadRequest)]
    public async Task A_text_may_have_65536_characters(int length, HttpStatusCode expected)
    {
        await using SandboxServer sandbox = await StartAsync();

        HttpResponseMessage response = await sandbox.Http.PostAsJsonAsync($"/phone/{Asha}/messages", new { text = new string('x', length) }, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    private static Task<SandboxServer> StartAsync() => SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
}

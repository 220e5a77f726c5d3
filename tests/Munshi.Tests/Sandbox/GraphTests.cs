using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class GraphTests
{
    private const string Asha = "919000000101";
    private const string Hello = """{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"}}""";

    [Fact]
    public async Task A_message_is_accepted_as_meta_accepts_it()
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();

        HttpResponseMessage response = await sandbox.GraphAsync(Hello);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await BodyAsync(response);
        Assert.Equal("whatsapp", answer.GetProperty("messaging_product").GetString());
        Assert.Equal("+919000000101", answer.GetProperty("contacts")[0].GetProperty("input").GetString());
        Assert.Equal(Asha, answer.GetProperty("contacts")[0].GetProperty("wa_id").GetString());
        string wamid = answer.GetProperty("messages")[0].GetProperty("id").GetString()!;
        Assert.StartsWith("wamid.HBgM", wamid, StringComparison.Ordinal); // the beginning of real ids for a number of twelve digits
        byte[] decoded = new byte[wamid.Length];
        Assert.True(Convert.TryFromBase64String(wamid["wamid.".Length..], decoded, out int length));
        Assert.Contains(Asha, Encoding.Latin1.GetString(decoded, 0, length), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_body_twice_is_two_messages()
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();

        await sandbox.GraphAsync(Hello);
        await sandbox.GraphAsync(Hello);

        Assert.Equal(2, (await sandbox.ReadAsync(Asha)).Count(message => message.GetProperty("direction").GetString() == "business"));
    }

    [Fact]
    public async Task A_business_scoped_id_reaches_its_phone_in_recipient_and_nobody_in_to()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        await sandbox.IdleAsync();
        string userId = receiver.All[0].Item.GetProperty("from_user_id").GetString()!;

        HttpResponseMessage right = await sandbox.GraphAsync($$"""{"messaging_product":"whatsapp","recipient":"{{userId}}","type":"text","text":{"body":"right"} }""");
        HttpResponseMessage wrong = await sandbox.GraphAsync($$"""{"messaging_product":"whatsapp","to":"{{userId}}","type":"text","text":{"body":"wrong"} }""");

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Equal(["Hi", "right"], (await sandbox.ReadAsync(Asha)).Select(message => message.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task A_missing_or_wrong_token_is_error_190(string? token)
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();

        HttpResponseMessage response = await sandbox.GraphAsync(Hello, token: token);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(190, await CodeAsync(response));
    }

    [Fact]
    public async Task An_unknown_phone_number_id_is_error_100_with_subcode_33()
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();

        JsonElement error = (await BodyAsync(await sandbox.GraphAsync(Hello, phoneNumberId: "999"))).GetProperty("error");

        Assert.Equal(100, error.GetProperty("code").GetInt32());
        Assert.Equal(33, error.GetProperty("error_subcode").GetInt32());
    }

    [Theory]
    [InlineData("not json", 100)]
    [InlineData("[]", 100)]
    [InlineData("""{"to":"+919000000101","type":"text","text":{"body":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","type":"text","text":{"body":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"me","type":"text","text":{"body":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text"}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":""}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"\ud800"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"x","bold":true}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000001","type":"text","text":{"body":"x"}}""", 131021)]
    [InlineData("""{"messaging_product":"whatsapp","recipient":"IN.1","type":"text","text":{"body":"x"}}""", 131026)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"hologram","hologram":{"id":"1"}}""", 131051)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[]}}}""", 131009)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"interactive","interactive":{"type":"button","body":{"text":"x"},"action":{"buttons":[{"type":"reply","reply":{"id":"a","title":"more than twenty chars"}}]}}}""", 131009)]
    [InlineData("""{"messaging_product":"whatsapp","to":"+919000000101","type":"template","template":{"name":"x"}}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","status":"read"}""", 100)]
    [InlineData("""{"messaging_product":"whatsapp","status":"read","message_id":"wamid.none"}""", 131009)]
    public async Task A_bad_body_is_refused_with_metas_code(string body, int code)
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();

        HttpResponseMessage response = await sandbox.GraphAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        JsonElement error = (await BodyAsync(response)).GetProperty("error");
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal("OAuthException", error.GetProperty("type").GetString());
        Assert.Equal("whatsapp", error.GetProperty("error_data").GetProperty("messaging_product").GetString());
        Assert.NotEmpty(error.GetProperty("error_data").GetProperty("details").GetString()!);
        Assert.NotEmpty(error.GetProperty("fbtrace_id").GetString()!);
        Assert.Single(await sandbox.ReadAsync(Asha));
    }

    [Theory]
    [InlineData(4096, HttpStatusCode.OK)]
    [InlineData(4097, HttpStatusCode.BadRequest)]
    public async Task A_text_may_have_4096_characters(int length, HttpStatusCode expected)
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();

        HttpResponseMessage response = await sandbox.GraphAsync(Hello.Replace("Hello", new string('x', length), StringComparison.Ordinal));

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(-86_340, HttpStatusCode.OK)]
    [InlineData(-86_460, HttpStatusCode.BadRequest)]
    public async Task Free_text_is_refused_a_day_after_the_customer_last_wrote(int seconds, HttpStatusCode expected)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        long then = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;
        await sandbox.WriteAsync(Asha, $$"""{"text":"Hi","raw":{"timestamp":"{{then}}"} }""");

        HttpResponseMessage response = await sandbox.GraphAsync(Hello);
        HttpResponseMessage template = await sandbox.GraphAsync(
            """{"messaging_product":"whatsapp","to":"919000000101","type":"template","template":{"name":"order_ready","language":{"code":"en"}}}""");

        Assert.Equal(expected, response.StatusCode);
        if (expected != HttpStatusCode.OK)
        {
            Assert.Equal(131047, await CodeAsync(response));
        }

        Assert.Equal("accepted", (await BodyAsync(template)).GetProperty("messages")[0].GetProperty("message_status").GetString());
    }

    [Fact]
    public async Task A_read_receipt_turns_the_customers_ticks()
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();
        string wamid = (await sandbox.ReadAsync(Asha))[0].GetProperty("wamid").GetString()!;

        HttpResponseMessage response = await sandbox.GraphAsync(
            $$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{wamid}}","typing_indicator":{"type":"text"} }""");

        Assert.True((await BodyAsync(response)).GetProperty("success").GetBoolean());
        Assert.Equal("read", (await sandbox.ReadAsync(Asha))[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task State_tells_a_message_sent_twice_from_two_messages()
    {
        await using SandboxServer sandbox = await StartWithOpenWindowAsync();
        string row = Hello.Insert(1, "\"biz_opaque_callback_data\":\"row-1\",");

        await sandbox.GraphAsync(row);
        await sandbox.GraphAsync(row);

        JsonElement graph = (await sandbox.Http.GetFromJsonAsync<JsonElement>("/control/state", TestContext.Current.CancellationToken)).GetProperty("graph");
        Assert.Equal(2, graph.GetProperty("received").GetInt32());
        Assert.Equal(1, graph.GetProperty("distinctCallbackData").GetInt32());
        Assert.Equal(200, graph.GetProperty("lastStatus").GetInt32());
    }

    private static async Task<SandboxServer> StartWithOpenWindowAsync()
    {
        SandboxServer sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        return sandbox;
    }

    private static Task<JsonElement> BodyAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

    private static async Task<int> CodeAsync(HttpResponseMessage response) => (await BodyAsync(response)).GetProperty("error").GetProperty("code").GetInt32();
}

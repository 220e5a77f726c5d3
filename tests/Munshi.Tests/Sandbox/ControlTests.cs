using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;
using Munshi.Sandbox;

namespace Munshi.Tests.Sandbox;

public sealed class ControlTests
{
    private const string Asha = "919000000101";

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task The_handshake_needs_the_challenge_back(bool echoes, bool verified)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        receiver.Echoes = echoes;
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        HttpResponseMessage response = await sandbox.Http.PostAsync("/control/verify", null, TestContext.Current.CancellationToken);

        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(verified, answer.GetProperty("verified").GetBoolean());
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Several_numbers_live_side_by_side()
    {
        await using WebhookReceiver first = await WebhookReceiver.StartAsync();
        await using WebhookReceiver second = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(first.Callback);
        HttpResponseMessage registered = await sandbox.PutAsync(
            "/control/app",
            $$"""{"callback":"{{second.Callback}}","appSecret":"s2","verifyToken":"v2","accessToken":"token-2","phoneNumberId":"100000000000002","displayPhoneNumber":"919000000002","wabaId":"2","businessName":"Two"}""");

        await sandbox.WriteAsync(Asha, """{"text":"to the last"}""");
        await sandbox.Http.PostAsJsonAsync($"/phone/{Asha}/messages?number={SandboxServer.PhoneNumberId}", new { text = "to the first" }, TestContext.Current.CancellationToken);
        await sandbox.IdleAsync();
        string hello = """{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"}}""";
        HttpResponseMessage wrongToken = await sandbox.GraphAsync(hello, "100000000000002");
        HttpResponseMessage rightToken = await sandbox.GraphAsync(hello, "100000000000002", "token-2");

        Assert.Equal(HttpStatusCode.OK, registered.StatusCode);
        Assert.DoesNotContain("token-2", await registered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(["message:to the first"], first.Summaries);
        Assert.Equal("message:to the last", second.All[0].Summary);
        Assert.Equal(HttpStatusCode.BadRequest, wrongToken.StatusCode);
        Assert.Equal(HttpStatusCode.OK, rightToken.StatusCode);
    }

    [Fact]
    public async Task History_and_counters_survive_a_restart()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("munshi-sandbox-");
        try
        {
            string file = Path.Combine(directory.FullName, "phones.jsonl");
            await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
            string before;
            await using (SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback, "--Sandbox:DataFile", file))
            {
                await sandbox.WriteAsync(Asha, """{"text":"नमस्ते","name":"Asha"}""");
                await sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"},"biz_opaque_callback_data":"row-1"}""");
                await sandbox.ReadAsync(Asha);
                await sandbox.IdleAsync();
                before = Comparable(await sandbox.ReadAsync(Asha));
            }

            await File.AppendAllTextAsync(file, "{\"line\":\"mess", TestContext.Current.CancellationToken); // as a kill would leave it
            await using SandboxServer again = await SandboxServer.StartAsync(receiver.Callback, "--Sandbox:DataFile", file);
            JsonElement state = await again.IdleAsync();

            Assert.Equal(before, Comparable(await again.ReadAsync(Asha)));
            Assert.Equal(4, state.GetProperty("delivered").GetInt32());
            Assert.Equal(1, state.GetProperty("graph").GetProperty("received").GetInt32());
            Assert.Equal(1, state.GetProperty("graph").GetProperty("distinctCallbackData").GetInt32());
            Assert.Equal("m3", (await again.WriteAsync(Asha, """{"text":"next"}""")).GetProperty("id").GetString());
        }
        finally
        {
            directory.Delete(recursive: true);
        }

        static string Comparable(JsonElement[] messages) => string.Join('\n', messages.Select(message =>
            $"{message.GetProperty("id")} {message.GetProperty("wamid")} {message.GetProperty("text")} {message.GetProperty("status")} {message.GetProperty("at")}"));
    }

    [Theory]
    [InlineData("--urls", "http://0.0.0.0:0", "urls: http://0.0.0.0:0 is not a loopback address")]
    [InlineData("--Sandbox:Callback", "nowhere", "Sandbox:Callback must be an absolute http or https address")]
    [InlineData("--Sandbox:AppSecret", "s", "Sandbox:AccessToken is missing")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string name, string value, string sentence)
    {
        await using WebApplication app = SandboxHost.Build(["--urls", "http://127.0.0.1:0", name, value]);

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync(TestContext.Current.CancellationToken));

        Assert.Contains(refusal.Failures, failure => failure.StartsWith(sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_write()
    {
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new Uri("http://127.0.0.1:9/unused"));
        using HttpRequestMessage request = new(HttpMethod.Post, $"/phone/{Asha}/messages") { Content = JsonContent.Create(new { text = "forged" }) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        HttpResponseMessage response = await sandbox.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await sandbox.ReadAsync(Asha));
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class FaultTests
{
    private const string Asha = "919000000101";
    private const string Hello = """{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"},"biz_opaque_callback_data":"row-1"}""";

    [Theory]
    [InlineData("http500", 500, 131000)]
    [InlineData("http429", 429, 130429)]
    [InlineData("tokenRevoked", 401, 190)]
    [InlineData("pairRate", 400, 131056)]
    [InlineData("http503", 503, 131016)]
    [InlineData("throughput", 400, 130429)]
    [InlineData("apiCallLimit", 400, 80007)]
    public async Task A_counted_fault_refuses_that_many_calls(string fault, int status, int code)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, $$"""{"{{fault}}":2}""");

        for (int call = 0; call < 2; call++)
        {
            HttpResponseMessage refused = await sandbox.GraphAsync(Hello);
            Assert.Equal(status, (int)refused.StatusCode);
            JsonElement body = await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            Assert.Equal(code, body.GetProperty("error").GetProperty("code").GetInt32());
        }

        Assert.Single(await sandbox.ReadAsync(Asha));
        Assert.Equal(HttpStatusCode.OK, (await sandbox.GraphAsync(Hello)).StatusCode);
    }

    [Fact]
    public async Task An_error_after_acceptance_has_no_body_but_the_message_arrives()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"http500AfterAccept":true}""");

        HttpResponseMessage response = await sandbox.GraphAsync(Hello);
        await sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["message:Hi", "status:sent", "status:delivered"], receiver.Summaries);
        Assert.Equal("row-1", receiver.All[1].Item.GetProperty("biz_opaque_callback_data").GetString());
    }

    [Fact]
    public async Task A_hanging_call_is_never_answered_but_the_message_arrives()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"hangAfterAccept":1}""");

        Task<HttpResponseMessage> hanging = sandbox.GraphAsync(Hello);
        await Eventually.TrueAsync(() => Task.FromResult(receiver.All.Count == 3));
        HttpResponseMessage next = await sandbox.GraphAsync(Hello);

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.False(hanging.IsCompleted);
        Assert.Equal(3, (await sandbox.ReadAsync(Asha)).Length);
    }

    [Fact]
    public async Task Duplicate_sends_a_delivery_twice()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"duplicate":1}""");

        await sandbox.WriteAsync(Asha, """{"text":"two"}""");
        await sandbox.WriteAsync(Asha, """{"text":"one"}""");
        await sandbox.IdleAsync();

        Assert.Equal(["message:Hi", "message:two", "message:two", "message:one"], receiver.Summaries);
        Assert.Equal(receiver.All[1].Body, receiver.All[2].Body);
    }

    [Fact]
    public async Task Reorder_lets_the_next_delivery_pass()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"reorder":true}""");

        await sandbox.GraphAsync(Hello);
        await sandbox.IdleAsync();

        Assert.Equal(["message:Hi", "status:delivered", "status:sent"], receiver.Summaries);
    }

    [Fact]
    public async Task Status_loss_loses_statuses_only()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"statusLoss":1}""");

        await sandbox.GraphAsync(Hello);
        await sandbox.WriteAsync(Asha, """{"text":"Thanks"}""");
        await sandbox.IdleAsync();

        Assert.Equal(["message:Hi", "status:delivered", "message:Thanks"], receiver.Summaries);
    }

    [Fact]
    public async Task Delay_holds_each_delivery_back()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"delayMs":300}""");
        long start = TimeProvider.System.GetTimestamp();

        await sandbox.WriteAsync(Asha, """{"text":"late"}""");
        await sandbox.IdleAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task An_unknown_fault_is_refused_with_the_allowed_names_and_changes_nothing()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"duplicate":3}""");

        HttpResponseMessage response = await sandbox.PutAsync("/control/faults", """{"duplicate":false,"http418":true}""");
        JsonElement shown = await sandbox.Http.GetFromJsonAsync<JsonElement>("/control/faults", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("http500AfterAccept", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(3, shown.GetProperty("duplicate").GetInt32());
        Assert.False(shown.GetProperty("http500").GetBoolean());
        Assert.Equal(0, shown.GetProperty("delayMs").GetInt32());
    }

    private static async Task<SandboxServer> StartAsync(WebhookReceiver receiver, string faults)
    {
        SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");
        await sandbox.IdleAsync();
        Assert.True((await sandbox.PutAsync("/control/faults", faults)).IsSuccessStatusCode);
        return sandbox;
    }
}

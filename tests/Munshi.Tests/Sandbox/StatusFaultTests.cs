using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class StatusFaultTests
{
    private const string Asha = "919000000101";
    private const string Hello = """{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"},"biz_opaque_callback_data":"row-1"}""";

    [Theory]
    [InlineData(131026, "Message undeliverable")]
    [InlineData(131047, "Re-engagement message")]
    [InlineData(131049, "This message was not delivered to maintain healthy ecosystem engagement.")]
    [InlineData(130472, "User's number is part of an experiment")]
    public async Task A_failed_message_is_accepted_and_then_told_of_with_metas_code(int code, string title)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, $$"""{"failed":1,"failedCode":{{code}}}""");

        using HttpResponseMessage response = await sandbox.GraphAsync(Hello);
        JsonElement state = await sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["message:Hi", "status:failed"], receiver.Summaries);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        JsonElement status = receiver.All[1].Item;
        Assert.Equal(answer.GetProperty("messages")[0].GetProperty("id").GetString(), status.GetProperty("id").GetString());
        Assert.Equal("row-1", status.GetProperty("biz_opaque_callback_data").GetString());
        JsonElement error = status.GetProperty("errors")[0];
        Assert.Equal(code, error.GetProperty("code").GetInt32());
        Assert.Equal(title, error.GetProperty("title").GetString());
        Assert.NotEmpty(error.GetProperty("error_data").GetProperty("details").GetString()!);
        Assert.False(receiver.All[1].Value.TryGetProperty("contacts", out _));
        Assert.Equal(1, state.GetProperty("graph").GetProperty("failed").GetInt32());
        Assert.Single(await sandbox.ReadAsync(Asha));
    }

    [Fact]
    public async Task A_code_that_meta_does_not_fail_with_is_refused()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, "{}");

        using HttpResponseMessage response = await sandbox.PutAsync("/control/faults", """{"failedCode":7}""");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("131049", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silently_dropped_message_is_accepted_and_never_heard_of()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"silentDrop":1}""");

        using HttpResponseMessage response = await sandbox.GraphAsync(Hello);
        JsonElement state = await sandbox.IdleAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["message:Hi"], receiver.Summaries);
        Assert.Equal(1, state.GetProperty("graph").GetProperty("dropped").GetInt32());
        Assert.Single(await sandbox.ReadAsync(Asha));
    }

    [Theory]
    [InlineData(0, 8)]
    [InlineData(50, 4)]
    [InlineData(75, 2)]
    [InlineData(100, 0)]
    public async Task The_chosen_share_of_statuses_is_lost(int percent, int arriving)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, $$"""{"statusLossPercent":{{percent}}}""");

        for (int message = 0; message < 4; message++)
        {
            await sandbox.GraphAsync(Hello);
        }

        JsonElement state = await sandbox.IdleAsync();
        Assert.Equal(arriving, receiver.Summaries.Count(summary => summary.StartsWith("status:", StringComparison.Ordinal)));
        Assert.Equal(8 - arriving, state.GetProperty("statusesLost").GetInt32());
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

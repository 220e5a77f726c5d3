using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class DisorderTests
{
    private const string Asha = "919000000101";

    [Theory]
    [InlineData(false, "sent delivered")]
    [InlineData(true, "delivered sent")]
    public async Task A_batch_holds_several_updates_and_disorder_turns_them_round(bool reorder, string expected)
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, $$"""{"batchSize":2,"reorder":{{(reorder ? "true" : "false")}}}""");

        await sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"}}""");
        JsonElement state = await sandbox.IdleAsync();

        WebhookReceiver.Received batch = Assert.Single(receiver.All.Skip(1));
        IEnumerable<string?> statuses = JsonElement.Parse(batch.Body).GetProperty("entry")[0].GetProperty("changes").EnumerateArray()
            .Select(change => change.GetProperty("value").GetProperty("statuses")[0].GetProperty("status").GetString());
        Assert.Equal(expected, string.Join(' ', statuses));
        Assert.Equal(3, state.GetProperty("updates").GetInt32());
        Assert.Equal(2, state.GetProperty("delivered").GetInt32());
        Assert.Equal(reorder ? 1 : 0, state.GetProperty("reordered").GetInt32());
    }

    [Fact]
    public async Task A_batch_that_does_not_fill_up_goes_all_the_same_and_its_messages_are_ticked()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"batchSize":100,"duplicate":true}""");

        await sandbox.WriteAsync(Asha, """{"text":"नमस्ते / \"quoted\""}""");
        JsonElement state = await sandbox.IdleAsync();

        WebhookReceiver.Received batch = Assert.Single(receiver.All.Skip(1));
        string[] texts = [.. JsonElement.Parse(batch.Body).GetProperty("entry")[0].GetProperty("changes").EnumerateArray()
            .Select(change => change.GetProperty("value").GetProperty("messages")[0].GetProperty("text").GetProperty("body").GetString()!)];
        Assert.Equal(["नमस्ते / \"quoted\"", "नमस्ते / \"quoted\""], texts);
        Assert.Equal("delivered", (await sandbox.ReadAsync(Asha))[^1].GetProperty("status").GetString());
        Assert.Equal(1, state.GetProperty("duplicated").GetInt32());
    }

    [Fact]
    public async Task Under_an_uneven_delay_messages_of_one_person_overtake_one_another()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"delayJitterMs":600}""");

        string[] written = [.. Enumerable.Range(0, 20).Select(number => $"message:{number}")];
        foreach (int number in Enumerable.Range(0, 20))
        {
            await sandbox.WriteAsync(Asha, $$"""{"text":"{{number}}"}""");
        }

        await sandbox.IdleAsync();
        string[] arrived = [.. receiver.Summaries.Skip(1)];
        Assert.Equal(written.Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));
        Assert.NotEqual(written, arrived); // in order by chance once in 20! times
    }

    [Fact]
    public async Task Under_a_slow_answer_the_statuses_come_first()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await StartAsync(receiver, """{"answerDelayMs":60000}""");

        Task<HttpResponseMessage> unanswered = sandbox.GraphAsync("""{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"}}""");
        await Eventually.TrueAsync(() => Task.FromResult(receiver.All.Count == 3));

        Assert.False(unanswered.IsCompleted);
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

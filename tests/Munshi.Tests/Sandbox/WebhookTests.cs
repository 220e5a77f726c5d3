using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Munshi.Tests.Sandbox;

public sealed class WebhookTests
{
    private const string Asha = "919000000101";
    private const string Hello = """{"messaging_product":"whatsapp","to":"+919000000101","type":"text","text":{"body":"Hello"},"biz_opaque_callback_data":"row-1"}""";

    [Fact]
    public async Task A_customer_message_arrives_in_metas_envelope()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        JsonElement written = await sandbox.WriteAsync(Asha, """{"text":"Is it there?","name":"Asha"}""");
        await sandbox.IdleAsync();

        WebhookReceiver.Received received = Assert.Single(receiver.All);
        JsonElement envelope = JsonElement.Parse(received.Body);
        Assert.Equal("whatsapp_business_account", envelope.GetProperty("object").GetString());
        Assert.Equal("200000000000001", envelope.GetProperty("entry")[0].GetProperty("id").GetString());
        Assert.Equal("messages", envelope.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("field").GetString());
        Assert.Equal("whatsapp", received.Value.GetProperty("messaging_product").GetString());
        Assert.Equal("919000000001", received.Value.GetProperty("metadata").GetProperty("display_phone_number").GetString());
        Assert.Equal(SandboxServer.PhoneNumberId, received.Value.GetProperty("metadata").GetProperty("phone_number_id").GetString());
        JsonElement contact = received.Value.GetProperty("contacts")[0];
        Assert.Equal("Asha", contact.GetProperty("profile").GetProperty("name").GetString());
        Assert.Equal(Asha, contact.GetProperty("wa_id").GetString());
        Assert.Matches(@"^IN\.[0-9]{19}$", contact.GetProperty("user_id").GetString());
        Assert.Equal(Asha, received.Item.GetProperty("from").GetString());
        Assert.Equal(contact.GetProperty("user_id").GetString(), received.Item.GetProperty("from_user_id").GetString());
        Assert.Equal(written.GetProperty("wamid").GetString(), received.Item.GetProperty("id").GetString());
        Assert.Matches("^[0-9]{10}$", received.Item.GetProperty("timestamp").GetString());
        Assert.Equal("text", received.Item.GetProperty("type").GetString());
        Assert.Equal("Is it there?", received.Item.GetProperty("text").GetProperty("body").GetString());
    }

    [Fact]
    public async Task The_signature_is_an_hmac_over_the_raw_bytes()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        await sandbox.WriteAsync(Asha, """{"text":"नमस्ते a/b 👋"}""");
        await sandbox.IdleAsync();

        WebhookReceiver.Received received = Assert.Single(receiver.All);
        using IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(SandboxServer.AppSecret));
        hmac.AppendData(received.Body);
        Assert.Equal($"sha256={Convert.ToHexStringLower(hmac.GetHashAndReset())}", received.Signature);
        Assert.Equal("application/json", received.ContentType);
        Assert.StartsWith("facebookexternalua", received.UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_beyond_ascii_are_escaped_as_meta_escapes_them()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        await sandbox.WriteAsync(Asha, """{"text":"नमस्ते 👋 a/b \\u0041"}""");
        await sandbox.IdleAsync();

        string raw = Encoding.UTF8.GetString(Assert.Single(receiver.All).Body);
        Assert.Contains("""{"body":"\u0928\u092e\u0938\u094d\u0924\u0947 \ud83d\udc4b a\/b \\u0041"}""", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delivery_is_repeated_unchanged_until_it_is_answered_200()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        int[] answers = [500, 202, 401, 200];
        int attempts = 0;
        receiver.Answer = _ => Task.FromResult(answers[Interlocked.Increment(ref attempts) - 1]);

        await sandbox.WriteAsync(Asha, """{"text":"keep me"}""");
        JsonElement state = await sandbox.IdleAsync();

        Assert.Equal(4, receiver.All.Count);
        Assert.Single(receiver.All.Select(received => Convert.ToHexString(received.Body)).Distinct());
        Assert.Equal(1, state.GetProperty("delivered").GetInt32());
        Assert.Equal(3, state.GetProperty("retried").GetInt32());
        Assert.Equal(0, state.GetProperty("queued").GetInt32());
        Assert.Equal(200, state.GetProperty("lastStatus").GetInt32());
    }

    [Fact]
    public async Task A_delivery_that_keeps_failing_holds_up_no_other()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        receiver.Answer = received => Task.FromResult(received.Summary == "message:poison" ? 500 : 200);

        await sandbox.WriteAsync(Asha, """{"text":"poison"}""");
        string second = (await sandbox.WriteAsync(Asha, """{"text":"second"}""")).GetProperty("id").GetString()!;

        await Eventually.TrueAsync(async () => (await sandbox.ReadAsync(Asha)).Single(m => m.GetProperty("id").GetString() == second).GetProperty("status").GetString() == "delivered");
        Assert.Equal(1, (await sandbox.Http.GetFromJsonAsync<JsonElement>("/control/state", TestContext.Current.CancellationToken)).GetProperty("queued").GetInt32());
    }

    [Fact]
    public async Task A_phones_webhooks_arrive_in_order()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);

        for (int i = 0; i < 40; i++)
        {
            await sandbox.WriteAsync(Asha, $$"""{"text":"{{i}}"}""");
        }

        await sandbox.IdleAsync();
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"message:{i}"), receiver.Summaries);
    }

    [Fact]
    public async Task A_sent_message_is_followed_by_sent_delivered_and_on_opening_the_chat_read()
    {
        await using WebhookReceiver receiver = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(receiver.Callback);
        await sandbox.WriteAsync(Asha, """{"text":"Hi"}""");

        await sandbox.GraphAsync(Hello);
        await sandbox.IdleAsync();
        Assert.Equal(["message:Hi", "status:sent", "status:delivered"], receiver.Summaries);
        await sandbox.ReadAsync(Asha);
        await sandbox.ReadAsync(Asha);
        await sandbox.IdleAsync();

        Assert.Equal(["message:Hi", "status:sent", "status:delivered", "status:read"], receiver.Summaries);
        Assert.All(receiver.All.Skip(1), received => Assert.Equal("row-1", received.Item.GetProperty("biz_opaque_callback_data").GetString()));
        Assert.All(receiver.All.Skip(1), received => Assert.Equal(Asha, received.Item.GetProperty("recipient_id").GetString()));
        JsonElement pricing = receiver.All[1].Item.GetProperty("pricing");
        Assert.Equal("PMP", pricing.GetProperty("pricing_model").GetString());
        Assert.Equal("service", pricing.GetProperty("category").GetString());
        Assert.False(receiver.All[2].Item.TryGetProperty("pricing", out _));
    }

    [Fact]
    public async Task A_delivery_follows_its_app_to_a_new_callback()
    {
        await using WebhookReceiver old = await WebhookReceiver.StartAsync();
        await using WebhookReceiver moved = await WebhookReceiver.StartAsync();
        await using SandboxServer sandbox = await SandboxServer.StartAsync(old.Callback);
        old.Answer = _ => Task.FromResult(503);

        await sandbox.WriteAsync(Asha, """{"text":"find me"}""");
        await Eventually.TrueAsync(() => Task.FromResult(old.All.Count > 0));
        HttpResponseMessage changed = await sandbox.PutAsync("/control/app", $$"""{"callback":"{{moved.Callback}}","appSecret":"other"}""");
        await sandbox.IdleAsync();

        Assert.True(changed.IsSuccessStatusCode);
        WebhookReceiver.Received received = Assert.Single(moved.All);
        Assert.Equal($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("other"u8, received.Body))}", received.Signature);
    }
}

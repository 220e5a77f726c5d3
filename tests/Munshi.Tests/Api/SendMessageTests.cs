using System.Net.Http.Json;
using System.Text.Json;
using Munshi.Channels;
using Munshi.Channels.Templates;
using Munshi.Tests.Postgres;
using Munshi.Tests.Running;
using Munshi.Tests.Sandbox;

namespace Munshi.Tests.Api;

/// <summary>What a program with an API key sends arrives on the customer's phone, once.</summary>
public sealed class SendMessageTests(PostgresTemplate postgres) : IAsyncLifetime
{
    private const string Customer = "919000007301";

    private RunningServer _server = null!;
    private SandboxPhone _phone = null!;
    private ApiProgram _program = null!;
    private Guid _conversation;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(postgres, Cancellation, "--Channels:GraphTimeout=00:00:05");
        _phone = new SandboxPhone(_server, Customer);
        await _phone.AskAsync("What are your timings?", Cancellation);
        _program = await ApiProgram.WithKeyAsync(_server, _server.ClientId, _server.OwnerId, maySend: true);
        _conversation = await _server.ConversationAsync(Customer);
    }

    public async ValueTask DisposeAsync()
    {
        _program.Dispose();
        _phone.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"type":"text","text":"Do come by!"}""", "text")]
    [InlineData("""{"type":"link","text":"Do come by!","label":"Pay","address":"https://shop.example/p/1"}""", "interactive")]
    [InlineData("""{"type":"location_request","text":"Do come by!"}""", "interactive")]
    [InlineData("""{"type":"list","text":"Do come by!","label":"Choose","options":[{"id":"a","title":"One","description":"The first"}]}""", "interactive")]
    [InlineData("""{"type":"buttons","text":"Do come by!","options":[{"id":"a","title":"One"},{"id":"b","title":"Two"}]}""", "interactive")]
    public async Task Each_kind_arrives_on_the_phone(string body, string kind)
    {
        Assert.Equal((200, null), await SendAsync(body, "key-1"));
        await _server.SettledAsync();

        JsonElement arrived = Assert.Single(await _phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "Do come by!");
        Assert.Equal(kind, arrived.GetProperty("kind").GetString());
    }

    [Fact]
    public async Task A_key_that_was_not_made_to_send_sends_nothing()
    {
        using ApiProgram reading = await ApiProgram.WithKeyAsync(_server, _server.ClientId, _server.OwnerId);
        using HttpRequestMessage request = new(HttpMethod.Post, $"conversations/{_conversation}/messages") { Content = JsonContent.Create(new { type = "text", text = "Hello!" }) };
        request.Headers.Add("Idempotency-Key", "key-1");

        using HttpResponseMessage answer = await reading.Http.SendAsync(request, Cancellation);

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal("key-only-reads", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("reason").GetString());
        Assert.DoesNotContain(await _server.MessagesAsync(Customer), message => message.Text == "Hello!");
    }

    [Fact]
    public async Task A_quote_and_a_reaction_name_the_customers_message()
    {
        Guid question = (await _server.MessagesAsync(Customer))[0].Id;

        Assert.Equal((200, null), await SendAsync($$"""{"type":"text","text":"As I said","quotes":"{{question}}"}""", "key-1"));
        Assert.Equal((200, null), await SendAsync($$"""{"type":"reaction","emoji":"🙏","quotes":"{{question}}"}""", "key-2"));
        await _server.SettledAsync();

        Assert.Equal(0, (await _server.SandboxStateAsync()).GetProperty("graph").GetProperty("refused").GetInt64());
        Assert.Equal(2, await _server.Database.ScalarAsync<long>(
            "SELECT count(*) FROM vault.message m JOIN vault.provider_reference r ON r.reference = m.refers_to WHERE m.source = 'api'"));
        Assert.Equal((422, "quote-not-there"), await SendAsync($$"""{"type":"text","text":"As I said","quotes":"{{Guid.NewGuid()}}"}""", "key-3"));
    }

    [Fact]
    public async Task The_same_key_sends_once_and_with_other_content_is_a_conflict()
    {
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal((200, null), await SendAsync("""{"type":"text","text":"Do come by!"}""", "key-1"));
        }

        Assert.Equal((409, "key-taken"), await SendAsync("""{"type":"text","text":"Do not come by!"}""", "key-1"));
        Assert.Equal((409, "key-taken"), await SendAsync("""{"type":"location_request","text":"Do come by!"}""", "key-1"));
        Assert.Equal((400, "bad-input"), await SendAsync("""{"type":"text","text":"Do come by!"}""", null));
        await _server.SettledAsync();
        Assert.Equal(1, await _server.Database.ScalarAsync<long>("SELECT count(*) FROM vault.message WHERE source = 'api'"));
    }

    [Fact]
    public async Task Outside_the_window_an_approved_template_goes_out_and_nothing_else()
    {
        await _server.Get<Numbers>().KeepAccountAsync(_server.ClientId, await NumberAsync(), "200000000000001", Cancellation);
        await _server.SettledAsync();
        await _server.Database.AsSuperuserAsync("UPDATE vault.conversation SET window_from = window_from - interval '24 hours'");

        Assert.Equal((422, "window-closed"), await SendAsync("""{"type":"text","text":"Do come by!"}""", "key-1"));
        Assert.Equal((422, "template-not-approved"), await SendAsync("""{"type":"template","name":"price_change","language":"en"}""", "key-2"));
        Assert.Equal((400, "bad-input"), await SendAsync("""{"type":"template","name":"order_ready","language":"en","values":["Asha"]}""", "key-3"));
        // The sandbox keeps its own window, so that what leaves is seen by what it refuses; a template is not refused.
        Assert.Equal((200, null), await SendAsync("""{"type":"template","name":"order_ready","language":"en","values":["Asha","118","118"]}""", "key-4"));
        await _server.SettledAsync();

        Assert.Contains(await _phone.MessagesAsync(Cancellation), message => message.GetProperty("text").GetString() == "order_ready: Asha, 118");
        Assert.Equal(
            "Hello Asha, your order 118 is ready.\n\nSandbox shop",
            (await _server.MessagesAsync(Customer))[^1].Text);
    }

    [Fact]
    public async Task Marketing_is_refused_to_whoever_opted_out_at_writing_and_at_sending()
    {
        await _server.Get<Numbers>().KeepAccountAsync(_server.ClientId, await NumberAsync(), "200000000000001", Cancellation);
        await _server.SettledAsync();
        await _server.FaultsAsync(new { http503 = 1 });
        Assert.Equal((200, null), await SendAsync("""{"type":"template","name":"festival_offer","language":"en","values":["Asha"]}""", "key-1"));
        await Eventually.TrueAsync(async () => await _server.Database.ScalarAsync<string>("SELECT coalesce(max(last_error), '') FROM work.job") == "send.refused 131016");

        await _server.Database.AsSuperuserAsync("UPDATE vault.contact SET opted_out_at = now(); UPDATE work.job SET run_at = now()");

        await Eventually.TrueAsync(async () => (await _server.MessagesAsync(Customer))[^1] is { Status: "failed", Reason: "opted-out-marketing" });
        Assert.Equal((422, "opted-out"), await SendAsync("""{"type":"template","name":"festival_offer","language":"en","values":["Asha"]}""", "key-2"));
    }

    [Fact]
    public async Task Templates_are_read_page_after_page_without_their_examples_and_one_that_is_gone_goes()
    {
        Guid number = await NumberAsync();
        await _server.Get<Numbers>().KeepAccountAsync(_server.ClientId, number, "200000000000001", Cancellation);
        Assert.True(await _server.Get<TemplateBook>().RefreshAsync(_server.ClientId, number, Cancellation));
        await _server.SettledAsync();
        await _server.Database.AsSuperuserAsync("UPDATE channel.template SET name = 'no_longer_there' WHERE name = 'hello_world'");

        Assert.True(await _server.Get<TemplateBook>().RefreshAsync(_server.ClientId, number, Cancellation));

        IReadOnlyList<Template> templates = await _server.Get<TemplateBook>().ListAsync(_server.ClientId, number, Cancellation);
        Assert.Equal(
            ["festival_offer en", "hello_world en_US", "order_ready en", "order_ready hi", "price_change en"],
            templates.Select(template => $"{template.Info.Name} {template.Info.Language}"));
        Assert.DoesNotContain(templates, template => template.Info.Components.Contains("Asha", StringComparison.Ordinal));
        Assert.Equal(4, templates.Count(template => template.IsApproved));
    }

    private async Task<(int Status, string? Reason)> SendAsync(string body, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"conversations/{_conversation}/messages")
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage answer = await _program.Http.SendAsync(request, Cancellation);
        JsonElement json = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return ((int)answer.StatusCode, json.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null);
    }

    private async Task<Guid> NumberAsync() => (await _server.Get<Numbers>().ListAsync(_server.ClientId, Cancellation))[0].NumberId;
}

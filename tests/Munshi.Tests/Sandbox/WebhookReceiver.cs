using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Munshi.Tests.Sandbox;

/// <summary>A business's callback that keeps what it is sent.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private WebhookReceiver(WebApplication app) => _app = app;

    public Uri Callback => new($"{_app.Urls.Single()}/webhooks/whatsapp/7");

    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>Decides the answer to each delivery; 200 unless a test says otherwise.</summary>
    public Func<Received, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    /// <summary>Whether the handshake echoes the challenge.</summary>
    public bool Echoes { get; set; } = true;

    public static async Task<WebhookReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, "http://127.0.0.1:0");
        WebApplication app = builder.Build();
        WebhookReceiver receiver = new(app);
        app.MapPost("/webhooks/whatsapp/7", receiver.ReceiveAsync);
        app.MapGet("/webhooks/whatsapp/7", (HttpRequest request) => request.Query["hub.mode"] == "subscribe" && request.Query["hub.verify_token"] == SandboxServer.VerifyToken
            ? Results.Text(receiver.Echoes ? request.Query["hub.challenge"].ToString() : "hello")
            : Results.StatusCode(403));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>The items of <c>messages</c> and <c>statuses</c> in the order of arrival, as text such as <c>message:Hi</c> or <c>status:sent</c>.</summary>
    public IEnumerable<string> Summaries => All.Select(received => received.Summary);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body);
        Received received = new(body.ToArray(), request.Headers["X-Hub-Signature-256"].ToString(), request.Headers.UserAgent.ToString(), request.ContentType);
        _received.Enqueue(received);
        return Results.StatusCode(await Answer(received));
    }

    internal sealed record Received(byte[] Body, string Signature, string UserAgent, string? ContentType)
    {
        public JsonElement Value => JsonElement.Parse(Body).GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");

        public JsonElement Item => Value.TryGetProperty("messages", out JsonElement messages) ? messages[0] : Value.GetProperty("statuses")[0];

        public string Summary => Item.TryGetProperty("status", out JsonElement status)
            ? $"status:{status.GetString()}"
            : $"message:{(Item.TryGetProperty("text", out JsonElement text) ? text.GetProperty("body").GetString() : Item.GetProperty("type").GetString())}";
    }
}

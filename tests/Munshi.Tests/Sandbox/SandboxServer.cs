using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Munshi.Sandbox;

namespace Munshi.Tests.Sandbox;

/// <summary>The sandbox on a loopback port of its own, with one app whose callback is a <c>WebhookReceiver</c>.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    public const string AppSecret = "test_app_secret";
    public const string VerifyToken = "verify me";
    public const string AccessToken = "token-1";
    public const string PhoneNumberId = "100000000000001";

    private readonly WebApplication _app;

    private SandboxServer(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SandboxServer> StartAsync(Uri callback, params string[] more)
    {
        WebApplication app = SandboxHost.Build(
        [
            "--urls", "http://127.0.0.1:0",
            "--Logging:LogLevel:Default", "None",
            "--Sandbox:Callback", callback.ToString(),
            "--Sandbox:AppSecret", AppSecret,
            "--Sandbox:VerifyToken", VerifyToken,
            "--Sandbox:AccessToken", AccessToken,
            .. more,
        ]);
        await app.StartAsync(Cancellation);
        return new SandboxServer(app);
    }

    public async Task<JsonElement> WriteAsync(string phone, string json)
    {
        HttpResponseMessage response = await Http.PostAsync($"/phone/{phone}/messages", Json(json), Cancellation);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancellation));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    public async Task<JsonElement[]> ReadAsync(string phone, string query = "") =>
        (await Http.GetFromJsonAsync<JsonElement[]>($"/phone/{phone}/messages{query}", Cancellation))!;

    public async Task<HttpResponseMessage> GraphAsync(string json, string phoneNumberId = PhoneNumberId, string? token = AccessToken)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"/v26.0/{phoneNumberId}/messages") { Content = Json(json) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, Cancellation);
    }

    public Task<HttpResponseMessage> PutAsync(string path, string json) => Http.PutAsync(path, Json(json), Cancellation);

    public async Task<JsonElement> IdleAsync() => await Http.GetFromJsonAsync<JsonElement>("/control/state?idle=20", Cancellation);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}

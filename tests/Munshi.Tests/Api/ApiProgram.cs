using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Munshi.Access.ApiKeys;
using Munshi.Tests.Running;

namespace Munshi.Tests.Api;

/// <summary>A program that calls the API with a key of its own.</summary>
internal sealed class ApiProgram : IDisposable
{
    private ApiProgram(Uri address, Guid keyId, string secret)
    {
        (KeyId, Secret) = (keyId, secret);
        Http = new HttpClient { BaseAddress = new Uri(address, "api/v1/"), Timeout = TimeSpan.FromSeconds(30) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
    }

    public Guid KeyId { get; }

    public string Secret { get; }

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ApiProgram> WithKeyAsync(RunningServer server, Guid clientId, Guid ownerId, bool maySend = false)
    {
        Guid id = Guid.NewGuid();
        MakeOutcome made = await server.Get<ApiKeyRegistry>().MakeAsync(clientId, id, "Bookkeeping", maySend, ownerId, Cancellation);
        return new ApiProgram(server.Address, id, Assert.IsType<MakeOutcome.Made>(made).Secret);
    }

    /// <summary>The answer, which must be 200.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Http.GetAsync(path, Cancellation);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancellation)}");
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>Status and reason of a refusal, which must be problem details.</summary>
    public Task<(int Status, string? Reason)> RefusalAsync(string path) => RefusalAsync(Http, path);

    public static async Task<(int Status, string? Reason)> RefusalAsync(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(path, Cancellation);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        return ((int)answer.StatusCode, problem.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null);
    }

    public void Dispose() => Http.Dispose();
}

using System.Net.Http.Json;
using System.Text.Json;

namespace Munshi.Tests.Running;

/// <summary>A customer with the sandbox's phone.</summary>
internal sealed class SandboxPhone(RunningServer server, string number) : IDisposable
{
    public string Number => number;

    private readonly HttpClient _http = new() { BaseAddress = server.SandboxAddress, Timeout = TimeSpan.FromSeconds(60) };

    public async Task<string> WriteAsync(object message, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync($"phone/{number}/messages", message, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id").GetString()!;
    }

    /// <summary>Sends a file.</summary>
    public async Task SendAsync(string name, string type, byte[] content, CancellationToken cancellationToken)
    {
        using ByteArrayContent file = new(content);
        file.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue(type);
        using MultipartFormDataContent form = new() { { file, "file", name } };
        using HttpResponseMessage answer = await _http.PostAsync($"phone/{number}/messages", form, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Writes a text and waits for the business's next message after it.</summary>
    public async Task<string> AskAsync(string text, CancellationToken cancellationToken)
    {
        string id = await WriteAsync(new { text }, cancellationToken);
        return await NextFromBusinessAsync(id, cancellationToken);
    }

    /// <summary>The first text of the business after a message; waits up to 20 seconds.</summary>
    public async Task<string> NextFromBusinessAsync(string after, CancellationToken cancellationToken)
    {
        for (int tries = 0; tries < 4; tries++)
        {
            JsonElement messages = await _http.GetFromJsonAsync<JsonElement>($"phone/{number}/messages?after={after}&wait=5", cancellationToken);
            foreach (JsonElement message in messages.EnumerateArray())
            {
                if (message.GetProperty("direction").GetString() == "business")
                {
                    return message.GetProperty("text").GetString()!;
                }
            }
        }

        throw new TimeoutException("The business did not answer.");
    }

    /// <summary>Everything on the phone, both sides, oldest first.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(CancellationToken cancellationToken) =>
        [.. (await _http.GetFromJsonAsync<JsonElement>($"phone/{number}/messages", cancellationToken)).EnumerateArray()];

    /// <summary>The phone as a page.</summary>
    public Task<string> PageAsync(CancellationToken cancellationToken) => _http.GetStringAsync($"?phone={number}", cancellationToken);

    public void Dispose() => _http.Dispose();
}

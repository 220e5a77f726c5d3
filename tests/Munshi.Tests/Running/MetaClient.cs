using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Munshi.Tests.Running;

/// <summary>Meta's side of a webhook, made for the tests alone: it shares no code with the product.</summary>
internal sealed class MetaClient(Uri callback, string appSecret) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    public static string Sign(byte[] body, string appSecret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body));

    /// <summary>Signs and delivers.</summary>
    public Task<HttpStatusCode> DeliverAsync(byte[] body, CancellationToken cancellationToken) =>
        PostAsync(body, Sign(body, appSecret), cancellationToken);

    /// <param name="body">The raw bytes.</param>
    /// <param name="signature">The header's value; null leaves it out.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<HttpStatusCode> PostAsync(byte[] body, string? signature, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, callback) { Content = new ByteArrayContent(body) };
        request.Headers.ExpectContinue = body.Length > 4 * 1024 * 1024; // the answer comes before a body that would be refused
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();
}

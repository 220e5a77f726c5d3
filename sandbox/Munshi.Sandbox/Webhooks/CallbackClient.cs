using System.Net.Http.Headers;
using Munshi.Sandbox.Control;

namespace Munshi.Sandbox.Webhooks;

/// <summary>Meta's side of the callback: the handshake and the signed POST. Redirects are not followed.</summary>
internal sealed class CallbackClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = Timeout };

    public CallbackClient() => _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("facebookexternalua")));

    public async Task<CallbackAnswer> VerifyAsync(BusinessNumber number, string challenge, CancellationToken cancellationToken)
    {
        string query = $"hub.mode=subscribe&hub.challenge={challenge}&hub.verify_token={Uri.EscapeDataString(number.VerifyToken)}";
        UriBuilder address = new(number.Callback);
        address.Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query;
        using HttpRequestMessage request = new(HttpMethod.Get, address.Uri);
        return await SendAsync(request, cancellationToken);
    }

    public async Task<CallbackAnswer> PostAsync(BusinessNumber number, byte[] body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, number.Callback) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", WebhookSignature.Of(body, number.AppSecret));
        return await SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<CallbackAnswer> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            return new CallbackAnswer.Answered((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            return new CallbackAnswer.Unreachable($"The callback could not be reached: {exception.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new CallbackAnswer.Unreachable($"The callback did not answer within {Timeout.TotalSeconds} seconds.");
        }
    }
}

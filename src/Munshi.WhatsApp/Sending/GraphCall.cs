using System.Net.Http.Headers;

namespace Munshi.WhatsApp.Sending;

/// <summary>One call that asks Graph for something: a short answer within a time, or none. It never throws for what the network or Meta does.</summary>
/// <remarks>Safe for concurrent use. The same demands on the handler as <see cref="GraphClient"/>.</remarks>
internal sealed class GraphCall
{
    private static readonly ProductInfoHeaderValue UserAgent = new("Munshi", null);

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _clock;
    private readonly int _mostBytes;
    private readonly string _root;

    /// <param name="http">See the remarks.</param>
    /// <param name="options">Where Graph is, and how long a call may take.</param>
    /// <param name="clock">Measures that.</param>
    /// <param name="mostBytes">A longer answer is none.</param>
    public GraphCall(HttpClient http, GraphOptions options, TimeProvider clock, int mostBytes)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        (_http, _timeout, _clock, _mostBytes) = (http, options.Timeout, clock, mostBytes);
        _root = $"{options.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{options.Version}/";
    }

    /// <param name="method">The method.</param>
    /// <param name="path">Behind the version, its parts escaped.</param>
    /// <param name="accessToken">Visible ASCII.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The body, null where there was no answer, and its status.</returns>
    /// <exception cref="ArgumentException">The token is not visible ASCII.</exception>
    public async Task<(byte[]? Answer, int Status)> SendAsync(HttpMethod method, string path, string accessToken, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(accessToken) || accessToken.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("The access token must be visible ASCII.", nameof(accessToken));
        }

        using HttpRequestMessage message = new(method, _root + path);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        message.Headers.UserAgent.Add(UserAgent);
        using CancellationTokenSource timeout = new(_timeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await _http
                .SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(_mostBytes, either.Token).ConfigureAwait(false);
            return (await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false), (int)response.StatusCode);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException
            || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return (null, 0);
        }
    }
}
